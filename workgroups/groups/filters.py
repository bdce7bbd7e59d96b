"""How the list of groups narrows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iqn.facets import ChoiceFacet, VocabularyFacet
from iqn.listing import FacetedFilterSet
from iqn.reference.models import Occupation
from workgroups.groups.choices import GroupStatus


class GroupFilter(FacetedFilterSet):
    status = ChoiceFacet(label=_("Status"), choices=GroupStatus.choices, field_name="status", is_open=True)
    occupation = VocabularyFacet(label=_("Occupation"), vocabulary=Occupation, field_name="occupations")
