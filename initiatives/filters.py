"""How the list of initiatives narrows."""

from __future__ import annotations

from collections.abc import Iterable

import django_filters
from django.contrib.postgres.search import SearchRank
from django.db.models import CharField, F, Model, OuterRef, Q, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.choices import InitiativeStatus
from iqn import searching
from iqn.bilingual import reading_language
from iqn.facets import ChoiceFacet, VocabularyFacet, capped_count
from iqn.listing import FacetedFilterSet
from iqn.reference.models import (
    Benefit,
    InitiativeType,
    Jurisdiction,
    Occupation,
    Pillar,
    Stage,
    StakeholderType,
)
from members.choices import Language

NEWEST = ("-published_at", "-pk")


class FlaggedFacet(VocabularyFacet):
    """A vocabulary beside a flag that says "all of them": flagged rows answer every value."""

    def __init__(self, *, flag: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.flag = flag

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        named = rows.model.objects.filter(**{f"{self.field_name}__slug__in": values}).values("pk")
        return rows.filter(Q(**{self.flag: True}) | Q(pk__in=named))

    def count_queries(self, name: str, rows: QuerySet) -> Iterable[QuerySet]:
        label = f"name_{reading_language()}"
        flagged = capped_count(rows.filter(**{self.flag: True}))  # the same for every value: computed once
        named = capped_count(self.having(rows.filter(**{self.flag: False})))
        yield (
            QuerySet(self.vocabulary)
            .order_by()
            .values_list(
                Value(name, CharField()), F("slug"), F(label), self.vocabulary.place(), flagged + named
            )  # type: ignore[attr-defined]
        )


class LeadKindFacet(VocabularyFacet):
    """The type of the lead organization."""

    def __init__(self, *, vocabulary: type[Model], **kwargs) -> None:
        super().__init__(vocabulary=vocabulary, field_name="lead_organization__kind", **kwargs)

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        return rows.filter(lead_organization__kind__slug__in=values)

    def having(self, rows: QuerySet) -> QuerySet:
        return rows.filter(lead_organization__kind=OuterRef("pk"))


class InitiativeFilter(FacetedFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="found", max_length=searching.LONGEST_QUERY)
    # Every posting has a type: open, it shows what the folded ones below are for
    type = VocabularyFacet(label=_("Type"), vocabulary=InitiativeType, field_name="types", is_open=True)
    occupation = FlaggedFacet(
        label=_("Occupation"), vocabulary=Occupation, field_name="occupations", flag="all_occupations"
    )
    jurisdiction = FlaggedFacet(
        label=_("Province or territory"),
        vocabulary=Jurisdiction,
        field_name="jurisdictions",
        flag="pan_canadian",
    )
    stage = VocabularyFacet(label=_("Stage"), vocabulary=Stage, field_name="stages")
    status = ChoiceFacet(label=_("Status"), choices=InitiativeStatus.choices, field_name="status")
    pillar = VocabularyFacet(label=_("Pillar of the mission"), vocabulary=Pillar, field_name="pillars")
    benefit = VocabularyFacet(label=_("Benefit"), vocabulary=Benefit, field_name="benefits")
    organization = LeadKindFacet(label=_("Type of organization"), vocabulary=StakeholderType)
    language = ChoiceFacet(label=_("Language of the text"), choices=Language.own_first, field_name="language")

    @property
    def words(self) -> str:
        """What was searched for, empty where nothing was."""
        return self.form.cleaned_data.get("q") or "" if self.is_valid() else ""

    @property
    def finds_look_alikes(self) -> bool:
        """Were words searched for that no row holds?"""
        return searching.query_of(self.words) is not None and not self._is_spelled_right

    @cached_property
    def _is_spelled_right(self) -> bool:
        """Does any row hold the words? If none does, rows whose words look alike are found."""
        return self.queryset.filter(search_vector=searching.query_of(self.form.cleaned_data["q"])).exists()

    @cached_property
    def _alike(self) -> list[int]:
        """Found once: the list, its count and every facet would each compare letters again."""
        return searching.alike(self.queryset, self.form.cleaned_data["q"])

    def found(self, rows: QuerySet, name: str, typed: str) -> QuerySet:
        query = searching.query_of(typed)
        if query is None:
            return rows.none()
        if self._is_spelled_right:
            return rows.filter(search_vector=query)
        return rows.filter(pk__in=self._alike)

    def best_first(self, rows: QuerySet) -> QuerySet:
        """By how well they answer the words; where a word is everywhere, only the newest are ranked."""
        query = searching.query_of(self.words)
        if query is None or not self._is_spelled_right:
            return rows.order_by(*NEWEST)
        candidates = rows.order_by(*NEWEST).values("pk")[: searching.RANKED]
        ranked = rows.model.objects.filter(pk__in=candidates).annotate(
            rank=SearchRank(F("search_vector"), query)
        )
        return ranked.order_by("-rank", *NEWEST)
