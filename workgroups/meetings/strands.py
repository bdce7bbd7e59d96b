"""What meetings, decisions, actions and proposals add to the story of their group."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.history.models import Event
from workgroups.groups import story
from workgroups.groups.models import Group
from workgroups.meetings.models import ActionItem, Decision, Meeting, Proposal

# What everybody in the network may know of a meeting; how it was prepared and recorded is for its table
TOLD = [
    f"meetings.{verb}"
    for verb in (
        "meeting_scheduled", "meeting_edited", "meeting_moved", "meeting_cancelled", "meeting_not_needed",
        "meeting_imported", "outcomes_circulated", "outcomes_approved", "outcomes_corrected",
    )
]  # fmt: skip


def _meetings(group: Group, user) -> QuerySet[Event]:
    rows = Meeting.objects.visible_to(user).filter(group=group)
    at_table = user.has_perm("meetings.view_attendance", group)
    return story.about(rows, verbs=None if at_table else TOLD)


def _decisions(group: Group, user) -> QuerySet[Event]:
    return story.about(Decision.objects.visible_to(user).filter(group=group))


def _actions(group: Group, user) -> QuerySet[Event]:
    return story.about(ActionItem.objects.visible_to(user).filter(group=group))


def _proposals(group: Group, user) -> QuerySet[Event]:
    return story.about(Proposal.objects.visible_to(user).filter(group=group))


def register() -> None:
    story.register(
        story.Strand("meetings", _("Meetings"), _meetings),
        story.Strand("decisions", _("Decisions"), _decisions),
        story.Strand("actions", pgettext_lazy("of a work group", "Actions"), _actions),
        story.Strand("proposals", _("Proposals"), _proposals),
    )
