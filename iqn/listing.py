"""Lists that narrow, sort, page and export, with their whole state in the address.

A list page is a `FilteredList` over a `FacetedFilterSet`:

    class PersonFilter(FacetedFilterSet):
        q = filters.CharFilter(label=_("Name"), method="named", max_length=170)
        occupation = VocabularyFacet(label=_("Occupation"), vocabulary=Occupation)
        state = ChoiceFacet(label=_("State"), choices=State.choices)

    class PersonList(FilteredList):
        template_name = "members/person_list.html"
        filterset_class = PersonFilter
        columns = (Column(_("Name"), lambda person: person.name), ...)
        export_name = "members"

        def all_rows(self):
            return Person.objects.visible_to(self.request.user)

The template gets `page_obj`, `total`, `filters`, `facets`, `chips` and `sorts`; it includes components/filters.html,
chips.html and pagination.html. Parameters and values that nobody knows are ignored or named, never an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.core.validators import EMPTY_VALUES
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import ListView

from iqn.access import ensure
from iqn.bilingual import reading_language
from iqn.exports import Column, csv_response
from iqn.facets import Counts, Facet, FacetBox, counted
from iqn.forms import PortalForm
from iqn.paging import page_of

COUNTS_KEPT = 60  # seconds


@dataclass(frozen=True)
class Chip:
    """One filter in force; `query` is the address without it."""

    name: str
    label: str
    query: str


@dataclass(frozen=True)
class Sort:
    key: str
    label: Any
    order_by: tuple[Any, ...]


class FacetedFilterSet(django_filters.FilterSet):
    """Filters whose wrong values are left out rather than emptying the list, and facets that count."""

    def get_form_class(self) -> type[PortalForm]:
        return type("FilterForm", (PortalForm,), {name: f.field for name, f in self.filters.items()})

    def filter_queryset(self, queryset: QuerySet, *, without: str = "") -> QuerySet:
        """Every filter applied whose value is sound, but for the one called `without`."""
        for name, value in self.form.cleaned_data.items():
            if name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @cached_property
    def facets(self) -> list[FacetBox]:
        """Values that lead somewhere, and those chosen, each counted under the other filters."""
        filters = {name: f for name, f in self.filters.items() if isinstance(f, Facet)}
        if not filters:
            return []
        self.is_valid()
        options = self._remembered_counts(filters)
        return [
            FacetBox.of(name, facet, options[name], self.form.cleaned_data.get(name) or [])
            for name, facet in filters.items()
        ]

    def _remembered_counts(self, filters: dict[str, Facet]) -> Counts:
        """Counting costs more than all else of a page, so each process keeps counts for a minute.

        Where words narrow the list they are never kept: nobody shall learn from an old count whether a row that has
        just been hidden has a word.
        """
        key = self._counts_key(filters)
        kept = caches["memory"].get(key) if key else None
        if kept is not None:
            return kept
        rows = {name: self.filter_queryset(self.queryset, without=name) for name in filters}
        counts = counted(filters, rows)
        if key:
            caches["memory"].set(key, counts, COUNTS_KEPT)
        return counts

    def _counts_key(self, filters: dict[str, Facet]) -> str:
        """Equal for readers to whom the very same query shows the list, in one language and under the same facets;
        empty where counts may not be kept."""
        chosen = self.form.cleaned_data
        if any(value not in EMPTY_VALUES for name, value in chosen.items() if name not in filters):
            return ""
        try:
            rows = self.queryset.order_by().values("pk", *self.queryset.query.annotations)
            visible = connection.ops.compose_sql(*rows.query.sql_with_params())
        except EmptyResultSet:
            return ""
        facets = [(name, chosen.get(name)) for name in filters]
        parts = (type(self).__module__, type(self).__qualname__, reading_language(), visible, facets)
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    @property
    def plain_fields(self) -> list:
        """Bound fields that are no facets: search words and the like."""
        return [self.form[name] for name, f in self.filters.items() if not isinstance(f, Facet)]

    @cached_property
    def chips(self) -> list[Chip]:
        boxes = {box.name: box for box in self.facets}
        found = []
        for name in self.form.cleaned_data:
            if name in boxes:
                found += [Chip(name, o.label, self._query_without(name, o.value)) for o in boxes[name].chosen]
            elif self.data.get(name, "").strip():
                words = gettext("“%(words)s”") % {"words": self.data[name].strip()}
                found.append(Chip(name, words, self._query_without(name)))
        return found

    def _query_without(self, name: str, value: str | None = None) -> str:
        query: QueryDict = self.data.copy()
        left = [v for v in query.getlist(name) if v != value] if value is not None else []
        query.setlist(name, left)
        query.pop("page", None)
        return f"?{query.urlencode()}" if query.urlencode() else "?"


class FilteredList(ListView):
    filterset_class: type[FacetedFilterSet]
    permission = ""  # "<app>.<verb>_<noun>", asked before anything else
    columns: Sequence[Column] = ()
    export_name = ""
    sorts: Sequence[Sort] = ()  # the first is used where none is asked for
    page_size = settings.PAGE_SIZE

    def all_rows(self) -> QuerySet:
        """What this reader may see, before any filter."""
        raise NotImplementedError

    def prepared(self, rows: list[Model]) -> list[Any]:
        """The rows of one page as the template wants them: here is the place for what is slow in a template's loop."""
        return rows

    def for_export(self, rows: QuerySet) -> QuerySet:
        """The rows as the columns want them (with other prefetches than the page has)."""
        return rows

    def may_export(self) -> bool:
        return bool(self.columns)

    def get_columns(self) -> Sequence[Column]:
        """The columns that this reader may have."""
        return self.columns

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        ensure(not self.permission or request.user.has_perm(self.permission))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.GET.get("format") == "csv":
            ensure(self.may_export())
            rows = self.for_export(self.get_queryset())
            return csv_response(self.get_columns(), rows.iterator(chunk_size=500), name=self.export_name)  # type: ignore[return-value]
        return super().get(request, *args, **kwargs)

    @cached_property
    def filters(self) -> FacetedFilterSet:
        return self.filterset_class(self.request.GET, queryset=self.all_rows(), request=self.request)

    @cached_property
    def sort(self) -> Sort | None:
        asked = [s for s in self.sorts if s.key == self.request.GET.get("sort")]
        return (asked or list(self.sorts) or [None])[0]  # type: ignore[list-item]

    def get_queryset(self) -> QuerySet:
        rows = self.filters.qs
        return rows.order_by(*self.sort.order_by) if self.sort else rows

    def paginate_queryset(self, queryset: QuerySet, page_size: int):
        page = page_of(queryset, self.request.GET.get("page"), size=page_size)
        page.object_list = self.prepared(page.object_list)
        return None, page, page.object_list, page.has_other_pages

    def get_paginate_by(self, queryset: QuerySet) -> int:
        return self.page_size

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "total": context["page_obj"].total,
            "filters": self.filters,
            "facets": self.filters.facets,
            "chips": self.filters.chips,
            "sorts": [(s.key, s.label, s is self.sort) for s in self.sorts],
            "may_export": self.may_export(),
        }
