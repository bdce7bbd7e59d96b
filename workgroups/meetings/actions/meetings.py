"""Scheduling, moving and cancelling. A date that no longer holds stays visible; whoever was invited is told at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Group
from workgroups.meetings.actions import agenda
from workgroups.meetings.choices import MeetingState
from workgroups.meetings.errors import (
    EndsBeforeItBegins,
    GroupIsConcluded,
    InThePast,
    NotPossibleNow,
    QuarterIsTaken,
    SavedMeanwhile,
)
from workgroups.meetings.models import Meeting, MeetingDate
from workgroups.meetings.models.meeting import quarter_of
from workgroups.meetings.notifications import invitations as letters
from workgroups.meetings.numbering import next_sequence


@transaction.atomic
def schedule_meeting(
    *, group: Group, starts_at: datetime, ends_at: datetime, mode: str, place: str, join_link: str, by: Person
) -> Meeting:
    """What is open comes onto the agenda by itself."""
    group = _open_group(group)
    _ensure_times(starts_at, ends_at)
    day = timezone.localtime(starts_at, group.zone).date()
    year, quarter = day.year, quarter_of(day)
    meeting = Meeting.objects.create(
        group=group, year=year, quarter=quarter, sequence=next_sequence(group, year, quarter),
        starts_at=starts_at, ends_at=ends_at, time_zone=group.time_zone, mode=mode, place=place, join_link=join_link,
        language=(get_language() or "en")[:2],
    )  # fmt: skip
    record(
        by=by, verb="meetings.meeting_scheduled", phrase=_("%(actor)s scheduled %(meeting)s."), target=meeting,
        meeting=meeting.identifier,
    )  # fmt: skip
    agenda.carry_over(meeting=meeting, by=by)
    return meeting


@transaction.atomic
def edit_meeting(
    *, meeting: Meeting, version: int, mode: str, place: str, join_link: str, by: Person
) -> Meeting:
    """The roster is told when whoever runs the group says so."""
    meeting = _planned(meeting)
    if meeting.version != version:
        raise SavedMeanwhile
    wanted = {"mode": mode, "place": place, "join_link": join_link}
    if all(getattr(meeting, name) == value for name, value in wanted.items()):
        return meeting
    for name, value in wanted.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.calendar_sequence += 1
    meeting.save(update_fields=[*wanted, "version", "calendar_sequence"])
    record(
        by=by, verb="meetings.meeting_edited", phrase=_("%(actor)s changed where %(meeting)s takes place."),
        target=meeting, meeting=meeting.identifier,
    )  # fmt: skip
    return meeting


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, reason: str, language: str, by: Person
) -> Meeting:
    """The identifier stays, also where the new date lies in another quarter."""
    meeting = _to_come(meeting)
    _ensure_times(starts_at, ends_at)
    if (starts_at, ends_at) == (meeting.starts_at, meeting.ends_at):
        return meeting
    MeetingDate.objects.create(
        meeting=meeting, starts_at=meeting.starts_at, ends_at=meeting.ends_at, reason=reason,
        reason_language=language, changed_by=by,
    )  # fmt: skip
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.version += 1
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["starts_at", "ends_at", "version", "calendar_sequence"])
    record(
        by=by, verb="meetings.meeting_moved", phrase=_("%(actor)s moved %(meeting)s to another date."), target=meeting,
        meeting=meeting.identifier,
    )  # fmt: skip
    if meeting.invited_at:
        letters.tell_changes(meeting)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, language: str, by: Person) -> Meeting:
    meeting = _to_come(meeting)
    meeting.state, meeting.state_reason = MeetingState.CANCELLED, reason
    meeting.state_reason_language = language
    meeting.version += 1
    meeting.calendar_sequence += 1
    meeting.save(
        update_fields=["state", "state_reason", "state_reason_language", "version", "calendar_sequence"]
    )
    record(
        by=by, verb="meetings.meeting_cancelled", phrase=_("%(actor)s cancelled %(meeting)s."), target=meeting,
        meeting=meeting.identifier,
    )  # fmt: skip
    if meeting.invited_at:
        letters.tell_cancelled(meeting)
    return meeting


@transaction.atomic
def pass_over_quarter(
    *, group: Group, year: int, quarter: int, reason: str, language: str, by: Person
) -> Meeting:
    """No meeting is needed: that too is a result, and has its reason."""
    group = _open_group(group)
    taken = Meeting.objects.filter(group=group, year=year, quarter=quarter)
    if taken.exclude(state=MeetingState.CANCELLED).exists():
        raise QuarterIsTaken
    meeting = Meeting.objects.create(
        group=group, year=year, quarter=quarter, sequence=next_sequence(group, year, quarter),
        state=MeetingState.NOT_NEEDED, state_reason=reason, state_reason_language=language, time_zone=group.time_zone,
    )  # fmt: skip
    record(
        by=by, verb="meetings.meeting_not_needed", target=meeting,
        phrase=_("%(actor)s noted that no meeting is needed for %(meeting)s."), meeting=meeting.identifier,
    )  # fmt: skip
    return meeting


def _open_group(group: Group) -> Group:
    group = Group.objects.select_for_update().get(pk=group.pk)  # also keeps numbers of a quarter apart
    if group.is_concluded:
        raise GroupIsConcluded
    return group


def _planned(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_planned or meeting.is_frozen:
        raise NotPossibleNow
    return meeting


def _to_come(meeting: Meeting) -> Meeting:
    meeting = _planned(meeting)
    if meeting.is_over:
        raise NotPossibleNow
    return meeting


def _ensure_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    if starts_at < timezone.now():
        raise InThePast
