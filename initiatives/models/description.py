"""Names of the vocabulary rows that describe initiatives, for a whole page of them in one query."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db.models import CharField, F, QuerySet, Value

from initiatives.models.initiative import Initiative
from iqn.bilingual import reading_language
from iqn.text import folded

Described = dict[tuple[int, str], list["Named"]]


class Named(NamedTuple):
    slug: str
    name: str


def described(initiatives: Iterable[Initiative], relations: Iterable[str]) -> Described:
    """(initiative, relation) → its rows, named in the reader's language, in the order of the vocabulary."""
    keys = [initiative.pk for initiative in initiatives]
    language = reading_language()
    queries = [_names(relation, language).filter(initiative__in=keys) for relation in relations]
    found: Described = {(key, relation): [] for key in keys for relation in relations}
    if keys:
        rows = queries[0].union(*queries[1:], all=True)
        for key, relation, _place, slug, name in sorted(rows, key=_reading_order):
            found[key, relation].append(Named(slug, name or slug))
    return found


@cache
def _names(relation: str, language: str) -> QuerySet:
    """Of all initiatives. Kept, because putting the queries together costs as much as asking them."""
    # Through tables and plain columns: the translating managers would rewrite them
    field = Initiative._meta.get_field(relation)
    target = field.m2m_reverse_field_name()
    return (
        QuerySet(field.remote_field.through)
        .order_by()
        .values_list(
            "initiative_id", Value(relation, CharField()), field.related_model.place(f"{target}__"),
            F(f"{target}__slug"), F(f"{target}__name_{language}"),
        )
    )  # fmt: skip


def _reading_order(row: tuple) -> tuple:
    key, relation, place, slug, name = row
    return key, relation, place, folded(name or slug)
