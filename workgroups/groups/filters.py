"""How the list of groups and that of a group's documents narrow."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.facets import ChoiceFacet, VocabularyFacet
from iqn.files.choices import FileLanguage, Kind, Translation
from iqn.history.models import Event
from iqn.listing import FacetedFilterSet
from iqn.reference.models import Occupation
from workgroups.groups import story
from workgroups.groups.choices import GroupStatus
from workgroups.groups.models import Group

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


class StrandFacet(ChoiceFacet):
    """One of the kinds of events that apps have registered."""

    def matching(self, value: str) -> Q:
        return Q(pk__in=self._events(value).values("pk"))

    def having(self, rows: QuerySet, value: str) -> QuerySet:
        """The strand itself: no other filter narrows it, and its own index counts it."""
        return self._events(value).visible_to(self.parent.request.user)

    def _events(self, value: str) -> QuerySet[Event]:
        strand = next(strand for strand in story.strands() if strand.key == value)
        return strand.events(self.parent.group, self.parent.request.user)


class StoryFilter(FacetedFilterSet):
    kind = StrandFacet(
        label=pgettext_lazy("history", "Kind"), is_open=True,
        choices=lambda: [(strand.key, strand.label) for strand in story.strands()],
    )  # fmt: skip

    def __init__(self, *args, request=None, **kwargs) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.group = get_object_or_404(Group, slug=request.resolver_match.kwargs["slug"])
