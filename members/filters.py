"""How the directory and the list of organizations narrow."""

from __future__ import annotations

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from iqn.facets import ChoiceFacet, VocabularyFacet
from iqn.listing import FacetedFilterSet
from iqn.reference.models import Jurisdiction, Occupation, StakeholderType
from iqn.searching import LONGEST_QUERY
from iqn.text import folded
from members.choices import Language
from members.models import Affiliation


class EmployerKindFacet(VocabularyFacet):
    """Types of the organizations where somebody works today."""

    def narrowed(self, rows: QuerySet, values: list[str]) -> QuerySet:
        return rows.filter(Exists(self._today().filter(organization__kind__slug__in=values)))

    def having(self, rows: QuerySet) -> QuerySet:
        return rows.filter(Exists(self._today().filter(organization__kind=OuterRef(OuterRef("pk")))))

    def _today(self) -> QuerySet:
        return Affiliation.objects.current().filter(person=OuterRef("pk"))


class WorkingLanguageFacet(ChoiceFacet):
    """Somebody who works in both languages is found under each."""

    def matching(self, value: str) -> Q:
        return Q(**{f"{self.field_name}__contains": value})


def containing_words(rows: QuerySet, field: str, words: str) -> QuerySet:
    """Rows whose folded text has every word, with or without accents and capitals."""
    for word in folded(words[:LONGEST_QUERY]).split():
        rows = rows.filter(**{f"{field}__contains": word})
    return rows


class PersonFilter(FacetedFilterSet):
    q = django_filters.CharFilter(label=_("Name"), method="named", max_length=120)
    kind = EmployerKindFacet(label=_("Type of organization"), vocabulary=StakeholderType)
    occupation = VocabularyFacet(label=_("Occupation"), vocabulary=Occupation)
    jurisdiction = VocabularyFacet(label=_("Province or territory"), vocabulary=Jurisdiction)
    language = WorkingLanguageFacet(
        label=_("Language of work"), field_name="languages", choices=Language.choices
    )

    def named(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return containing_words(rows, "sort_name", words)


class OrganizationFilter(FacetedFilterSet):
    q = django_filters.CharFilter(label=_("Name or acronym"), method="named", max_length=120)
    kind = VocabularyFacet(label=_("Type of organization"), vocabulary=StakeholderType, is_open=True)
    jurisdiction = VocabularyFacet(label=_("Province or territory"), vocabulary=Jurisdiction)

    def named(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return containing_words(rows, "search_text", words)
