"""What search reads: words of both languages by weight, folded text for typing errors, titles as they sort."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from initiatives.models import Initiative
from iqn import searching
from iqn.text import folded, folded_key

WEIGHTS = {"title": "A", "summary": "B", "problem": "C", "work": "C", "results": "C", "lessons": "C"}
OTHER_TEXTS = ("other_partners", "occupation_note", "dates_note", "replacement_note", "recognition")
VOCABULARIES = ("occupations", "types", "stages")
LANGUAGES = ("en", "fr")


def index(initiative: Initiative) -> None:
    """Bring the search columns up to date. Part of every action that changes a text; changes no version."""
    parts = list(_parts(initiative))
    by_language = _titles(initiative)
    Initiative.objects.filter(pk=initiative.pk).update(
        search_vector=searching.vector(parts),
        search_text=" ".join(
            folded(word) for text, _language, weight in parts if weight < "C" for word in text.split()
        ),
        **{f"sort_title_{language}": folded_key(by_language[language]) for language in LANGUAGES},
    )


def index_all() -> None:
    """After a change of names that initiatives are found by. One row at a time, so that nobody waits long."""
    for key in Initiative.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            index(Initiative.objects.select_for_update().get(pk=key))  # none is ever deleted


def _titles(initiative: Initiative) -> dict[str, str]:
    titles = dict.fromkeys(LANGUAGES, initiative.title)
    titles |= {t.language: t.title for t in initiative.translations.all() if t.title}
    return titles


def _parts(initiative: Initiative) -> Iterator[tuple[str, str, str]]:
    """(text, language, weight), the weightier first."""
    yield initiative.identifier, "en", "A"
    for texts in (initiative, *initiative.translations.all()):
        for name, weight in WEIGHTS.items():
            yield getattr(texts, name), texts.language, weight
        for name in OTHER_TEXTS:
            yield getattr(texts, name), texts.language, "C"
    for organization in (initiative.lead_organization, *initiative.partners.all()):
        if organization is not None:
            for language in LANGUAGES:
                name = getattr(organization, f"name_{language}")
                acronym = getattr(organization, f"acronym_{language}")
                yield f"{name or ''} {acronym or ''}".strip(), language, "B"
    for relation in VOCABULARIES:
        for row in getattr(initiative, relation).all():
            for language in LANGUAGES:
                yield getattr(row, f"name_{language}") or "", language, "C"
