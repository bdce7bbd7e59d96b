"""How the registers of decisions and actions narrow."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.facets import ChoiceFacet, VocabularyFacet
from iqn.listing import FacetedFilterSet
from iqn.searching import words_of
from iqn.text import folded
from workgroups.groups.models import Function, Group
from workgroups.meetings.choices import ActionState, DecisionKind
from workgroups.meetings.models.action_item import ACTION_WORDS
from workgroups.meetings.models.decision import DECISION_WORDS
from workgroups.meetings.search import having_words

OVERDUE = "overdue"


class RegisterFilter(FacetedFilterSet):
    """Words in any of the texts of a row, and the year of its number."""

    searched: tuple[str, ...] = ()
    q = django_filters.CharFilter(label=_("Words"), method="having_words", max_length=170)
    year = django_filters.NumberFilter(label=_("Year"), min_value=1990, max_value=2100)

    def __init__(self, *args, request=None, **kwargs) -> None:
        super().__init__(*args, request=request, **kwargs)
        if request is not None and "slug" in request.resolver_match.kwargs:
            del self.filters["group"]  # the address says which
        self.filters["year"].field.widget.attrs["class"] = "input--s"

    def having_words(self, rows: QuerySet, name: str, typed: str) -> QuerySet:
        return having_words(rows, self.searched, typed)


class DecisionFilter(RegisterFilter):
    searched = DECISION_WORDS
    group = VocabularyFacet(label=_("Work group"), vocabulary=Group, field_name="group")
    function = VocabularyFacet(
        label=pgettext_lazy("of a work group", "Function"), vocabulary=Function, field_name="function"
    )
    kind = ChoiceFacet(label=_("How it was taken"), choices=DecisionKind.choices, field_name="kind")


class StateFacet(ChoiceFacet):
    """Overdue is no state that is saved: it comes with the day."""

    def matching(self, value: str) -> Q:
        if value == OVERDUE:
            return Q(state=ActionState.OPEN, due__lt=timezone.localdate())
        return super().matching(value)


class ActionFilter(RegisterFilter):
    searched = ACTION_WORDS
    state = StateFacet(
        label=pgettext_lazy("of an action", "State"), field_name="state", is_open=True,
        choices=[*ActionState.choices, (OVERDUE, pgettext_lazy("action", "Overdue"))],
    )  # fmt: skip
    group = VocabularyFacet(label=_("Work group"), vocabulary=Group, field_name="group")

    def having_words(self, rows: QuerySet, name: str, typed: str) -> QuerySet:
        named = Q()
        for word in words_of(typed):
            named &= Q(organization__search_text__contains=folded(word))
        return having_words(rows, self.searched, typed, or_else=named)
