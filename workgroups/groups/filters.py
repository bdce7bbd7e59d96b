"""How the list of groups and that of a group's documents narrow."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from iqn.facets import ChoiceFacet, VocabularyFacet
from iqn.files.choices import FileLanguage, Kind, Translation
from iqn.listing import FacetedFilterSet
from iqn.reference.models import Occupation
from workgroups.groups.choices import GroupStatus

MOST_WORDS = 8


class GroupFilter(FacetedFilterSet):
    status = ChoiceFacet(label=_("Status"), choices=GroupStatus.choices, field_name="status", is_open=True)
    occupation = VocabularyFacet(label=_("Occupation"), vocabulary=Occupation, field_name="occupations")


class DocumentFilter(FacetedFilterSet):
    q = django_filters.CharFilter(label=_("Words in the title"), method="titled", max_length=170)
    kind = ChoiceFacet(label=_("Kind"), choices=Kind.choices, field_name="files__kind", is_open=True)
    written_in = ChoiceFacet(
        label=_("First written in"), choices=FileLanguage.choices, field_name="files__language"
    )
    translation = ChoiceFacet(
        label=_("Translation"), choices=Translation.choices, field_name="files__translation"
    )

    def titled(self, rows: QuerySet, name: str, typed: str) -> QuerySet:
        for word in typed.replace("\x00", "").split()[:MOST_WORDS]:
            rows = rows.filter(Q(files__title_en__icontains=word) | Q(files__title_fr__icontains=word))
        return rows
