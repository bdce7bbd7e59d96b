"""What happened in a group, newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from iqn.access import ensure
from iqn.history.models import Event
from iqn.listing import FilteredList
from workgroups.groups import story
from workgroups.groups.exports import EVENT_COLUMNS
from workgroups.groups.filters import StoryFilter
from workgroups.groups.models import Group
from workgroups.groups.views.finding import group_or_404, trail_to


class GroupHistory(FilteredList):
    """For those who may see who sits at the table: its sentences name who acted."""

    template_name = "groups/group_history.html"
    filterset_class = StoryFilter
    columns = EVENT_COLUMNS

    @cached_property
    def group(self) -> Group:
        return group_or_404(self.request, self.kwargs["slug"])

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"history-{self.group.slug}"

    def dispatch(self, request, *args, **kwargs):
        self.request, self.kwargs = request, kwargs
        ensure(request.user.has_perm("groups.view_roster_names", self.group))
        return super().dispatch(request, *args, **kwargs)

    def all_rows(self) -> QuerySet[Event]:
        return story.story_of(self.group, self.request.user)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "group": self.group, "trail": trail_to(self.group), "noindex": True}
