"""Organizations and people whose names hold the words of a query, accents and typing errors forgiven."""

from __future__ import annotations

from django.db.models import QuerySet, Value

from iqn.bilingual import reading_language
from iqn.searching import words_of
from iqn.text import folded
from members.models import Organization, Person


def search_organizations(user, typed: str) -> QuerySet[Organization]:
    rows = Organization.objects.visible_to(user).select_related("kind", "jurisdiction")
    return _named(rows, "search_text", typed).order_by(f"sort_name_{reading_language()}", "pk")


def search_people(user, typed: str) -> QuerySet[Person]:
    """Members, for whoever may read the directory."""
    if not user.has_perm("members.view_directory"):
        return Person.objects.none()
    rows = Person.objects.members().select_related("occupation", "jurisdiction")
    return _named(rows, "sort_name", typed).order_by("sort_name", "pk")


def _named(rows: QuerySet, column: str, typed: str) -> QuerySet:
    """Every word occurs; where no row has them all, words that look alike count."""
    words = [folded(word) for word in words_of(typed)]
    if not words:
        return rows.none()
    exact, alike = rows, rows
    for word in words:
        exact = exact.filter(**{f"{column}__contains": word})
        alike = alike.filter(**{f"{column}__trigram_word_similar": word})
    return exact if exact.exists() else alike.annotate(is_look_alike=Value(True))
