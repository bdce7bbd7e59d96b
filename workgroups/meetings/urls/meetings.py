"""Meetings, their agenda and invitations, proposals, and what calendars subscribe to."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.utils.translation import pgettext_lazy

from workgroups.meetings.identifiers import MeetingConverter
from workgroups.meetings.views import (
    agenda,
    cadence,
    calendars,
    handover,
    invitations,
    meetings,
    past_import,
    proposals,
)

register_converter(MeetingConverter, "meeting")

# /work-groups/nursing/meetings/NUR-2026-Q1/
meeting: list = [
    path("", meetings.meeting_detail, name="detail"),
    path(pgettext_lazy("address", "edit/"), meetings.meeting_edit, name="edit"),
    path(pgettext_lazy("address", "move/"), meetings.meeting_move, name="move"),
    path(pgettext_lazy("address", "cancel/"), meetings.meeting_cancel, name="cancel"),
    path(pgettext_lazy("address", "agenda/"), agenda.agenda_edit, name="agenda"),
    path(pgettext_lazy("address", "agenda/<int:pk>/"), agenda.item_edit, name="item-edit"),
    path(pgettext_lazy("address", "invite/"), invitations.roster_invite, name="invite"),
    path(pgettext_lazy("address", "tell/"), invitations.roster_tell, name="tell"),
    path(pgettext_lazy("address", "answer/"), invitations.invitation_answer, name="answer"),
    path(pgettext_lazy("address", "answer/<str:token>/"), invitations.invitation_reply, name="reply"),
]
# /work-groups/nursing/
group: list = [
    path(pgettext_lazy("address", "meetings/"), meetings.meeting_list, name="list"),
    path(pgettext_lazy("address", "meetings/new/"), meetings.meeting_schedule, name="schedule"),
    path(pgettext_lazy("address", "meetings/not-needed/"), meetings.meeting_not_needed, name="not-needed"),
    path(pgettext_lazy("address", "meetings/import/"), past_import.past_import, name="past-import"),
    path(pgettext_lazy("address", "meetings/calendar.ics"), calendars.group_calendar, name="group-calendar"),
    path(pgettext_lazy("address", "meetings/<meeting:identifier>/"), include(meeting)),
    path(
        pgettext_lazy("address", "roster/terms/<int:pk>/hand-over/actions/"),
        handover.seat_handover,
        name="seat-handover",
    ),
    path(pgettext_lazy("address", "proposals/"), proposals.proposal_list, name="proposal-list"),
    path(pgettext_lazy("address", "proposals/new/"), proposals.proposal_create, name="proposal-create"),
    path(pgettext_lazy("address", "proposals/<int:pk>/"), proposals.proposal_decide, name="proposal-decide"),
]

urlpatterns: list = [
    # Across groups; before anything that begins with the short name of a group
    path(pgettext_lazy("address", "cadence/"), cadence.cadence_board, name="cadence"),
    path(
        pgettext_lazy("address", "my-calendar/<str:token>.ics"), calendars.own_calendar, name="own-calendar"
    ),
    path("<slug:slug>/", include(group)),
]
