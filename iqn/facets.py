"""Facets of a list: the values of one property, each with the number of rows it would leave.

A count stops at 1,001 and is shown as "1,000+"; all facets of a list are counted in one query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext

from iqn.bilingual import reading_language
from iqn.text import folded

COUNT_LIMIT = 1000
SOUND_VALUE = re.compile(r"[\w,-]{1,80}", re.ASCII)
LONGEST_OF_BOXES = 6
MOST_VALUES = 50  # chosen in one facet

Counts = dict[str, list[tuple[str, str, int]]]  # facet → (value, label, count) of each of its values


class _CappedCount(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def capped_count(rows: QuerySet) -> Subquery:
    """As an annotation: how many rows there are, looking at 1,001 at most."""
    return _CappedCount(rows.order_by().values("pk")[: COUNT_LIMIT + 1])


class SlugListField(forms.MultipleChoiceField):
    """Any number of short names. What cannot be one is left out, so an old or mistyped address still shows a list."""

    def to_python(self, value: Any) -> list[str]:
        sound = [v for v in super().to_python(value) if SOUND_VALUE.fullmatch(v)]
        return list(dict.fromkeys(sound))[:MOST_VALUES]

    def validate(self, value: list[str]) -> None:
        """Every short name is sound: one that nobody knows finds nothing and is named among the filters in force."""


class Facet(django_filters.Filter):
    """A property with several values; rows that have any of the chosen ones stay."""

    field_class = SlugListField

    def __init__(self, *, label: Any, field_name: str | None = None, is_open: bool = False, **kwargs) -> None:
        super().__init__(field_name=field_name, label=label, **kwargs)
        self.is_open = is_open

    def filter(self, rows: QuerySet, values: list[str]) -> QuerySet:
        return self.narrowed(rows, values) if values else rows

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        raise NotImplementedError

    def count_queries(self, name: str, rows: QuerySet) -> Iterable[QuerySet]:
        """Rows of (facet, value, label, position, count), to be joined by UNION ALL."""
        raise NotImplementedError


class VocabularyFacet(Facet):
    """Values are rows of a vocabulary (`slug`, `name`, `place`), reached by `field_name`."""

    def __init__(self, *, vocabulary: type[Model], **kwargs) -> None:
        super().__init__(**kwargs)
        self.vocabulary = vocabulary

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        wanted = {f"{self.field_name}__slug__in": values}
        if not self._is_many(rows):
            return rows.filter(**wanted)
        return rows.filter(pk__in=QuerySet(rows.model).filter(**wanted).values("pk"))  # no row twice

    def having(self, rows: QuerySet) -> QuerySet:
        """Rows with one value of the vocabulary, OuterRef("pk"); none may come twice."""
        return rows.filter(**{self.field_name: OuterRef("pk")})

    def count_queries(self, name: str, rows: QuerySet) -> Iterable[QuerySet]:
        # A plain QuerySet: the translating one rewrites columns, here the column is named
        label = f"name_{reading_language()}"
        yield (
            QuerySet(self.vocabulary)
            .order_by()
            .values_list(
                Value(name, CharField()),
                F("slug"),
                F(label),
                self.vocabulary.place(),  # type: ignore[attr-defined]
                capped_count(self.having(rows)),
            )
        )

    def _is_many(self, rows: QuerySet) -> bool:
        return bool(rows.model._meta.get_field(self.field_name).many_to_many)


class ChoiceFacet(Facet):
    """Values of a closed list."""

    def __init__(self, *, choices: Iterable[tuple[str, Any]] | Callable[[], Iterable], **kwargs) -> None:
        super().__init__(**kwargs)
        self._choices = choices

    @property
    def values(self) -> dict[str, Any]:
        """In an order that may depend on the reader's language."""
        return dict(self._choices() if callable(self._choices) else self._choices)

    def matching(self, value: str) -> Q:
        return Q(**{self.field_name: value})

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        known = [self.matching(value) for value in values if value in self.values]
        return rows.filter(reduce(or_, known)) if known else rows

    def having(self, rows: QuerySet, value: str) -> QuerySet:
        """The rows to count for one value."""
        return rows.filter(self.matching(value))

    def count_queries(self, name: str, rows: QuerySet) -> Iterable[QuerySet]:
        for position, (value, label) in enumerate(self.values.items()):
            count = capped_count(self.having(rows, value))
            # One row, whatever the table: the count stands in it
            yield (
                QuerySet(rows.model)
                .order_by()
                .values_list(
                    Value(name, CharField()), Value(value, CharField()), Value(str(label), CharField()),
                    Value(position, IntegerField()), count,
                )[:1]
            )  # fmt: skip


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool = False


@dataclass(frozen=True)
class FacetBox:
    """One facet as a page shows it."""

    name: str
    label: Any
    options: list[Option]
    is_open: bool

    @classmethod
    def of(cls, name: str, facet: Facet, counts: list[tuple[str, str, int]], chosen: list[str]) -> FacetBox:
        known = {value for value, _label, _count in counts}
        if isinstance(facet, ChoiceFacet):
            chosen = [value for value in chosen if value in facet.values]
        options = [
            Option(value, label, count, value in chosen)
            for value, label, count in counts
            if count or value in chosen
        ]
        options += [
            Option(value, gettext("unknown: %(value)s") % {"value": value}, 0, True)
            for value in chosen
            if value not in known
        ]
        return cls(name, facet.label, options, facet.is_open or bool(chosen))

    @property
    def is_long(self) -> bool:
        """Too many values for a row of boxes each: the chosen ones keep theirs, the others stand in a list."""
        return len(self.options) > LONGEST_OF_BOXES

    @property
    def boxes(self) -> list[Option]:
        return self.chosen if self.is_long else self.options

    @property
    def others(self) -> list[Option]:
        return [option for option in self.options if not option.is_chosen]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


def counted(facets: Mapping[str, Facet], rows: Mapping[str, QuerySet]) -> Counts:
    """Every value of every facet, in the order of its vocabulary; one query."""
    queries = [query for name, facet in facets.items() for query in facet.count_queries(name, rows[name])]
    found = sorted(
        queries[0].union(*queries[1:], all=True), key=lambda row: (row[0], row[3], folded(row[2] or row[1]))
    )
    result: Counts = {name: [] for name in facets}
    for name, value, label, _position, count in found:
        result[name].append((value, label or value, count))
    return result
