"""Who was there: saved line by line, so that two people can tick different names at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.meetings.actions.records import open_record
from workgroups.meetings.choices import Presence
from workgroups.meetings.errors import ClaimTooLate, NotPossibleNow, StaleVersion
from workgroups.meetings.models import Attendance, Meeting
from workgroups.meetings.rosters_of_day import lines_of

CLAIM_DAYS = 14


@dataclass(frozen=True)
class Tick:
    """What somebody chose for one person of the roster; `version` is the one that they saw, 0 where none was saved."""

    person_id: int
    presence: str
    version: int


@transaction.atomic
def save_presence(*, meeting: Meeting, ticks: list[Tick], by: Person) -> list[Attendance]:
    """Answers the lines that somebody else changed to something else meanwhile: those stay as they are."""
    meeting = open_record(meeting, by=by)
    lines = {line.person.pk: line for line in lines_of(meeting)}
    stale, saved = [], 0
    for tick in ticks:
        line = lines.get(tick.person_id)
        if line is None or (line.is_saved and line.row.presence == tick.presence):
            continue
        if line.is_saved and line.row.version != tick.version:
            stale.append(line.row)
            continue
        row = line.row
        row.presence = tick.presence
        row.version += int(line.is_saved)
        row.save()
        saved += 1
    _tell(meeting, by, saved)
    return stale


@transaction.atomic
def add_guest(
    *, meeting: Meeting, name: str, organization_name: str, presence: str, by: Person,
    delegate_for: Person | None = None,
) -> Attendance:  # fmt: skip
    """Somebody who is not on the roster, or who came for somebody who is, and then speaks with that seat's voice."""
    meeting = open_record(meeting, by=by)
    guest = Attendance(
        meeting=meeting, name=name, organization_name=organization_name, presence=presence,
        delegate_for=delegate_for,
    )  # fmt: skip
    if delegate_for is not None:
        theirs = [line.row for line in lines_of(meeting) if line.person.pk == delegate_for.pk]
        guest.stakeholder_type = theirs[0].stakeholder_type if theirs else None
        guest.role = theirs[0].role if theirs else ""
    guest.save()
    _tell(meeting, by, 1)
    return guest


@transaction.atomic
def change_guest(*, guest: Attendance, presence: str, version: int, by: Person) -> Attendance:
    meeting = open_record(guest.meeting, by=by)
    guest = Attendance.objects.select_for_update().get(pk=guest.pk)
    if guest.presence == presence:
        return guest
    if guest.version != version:
        raise StaleVersion(guest)
    guest.presence, guest.version = presence, guest.version + 1
    guest.save(update_fields=["presence", "version"])
    _tell(meeting, by, 1)
    return guest


@transaction.atomic
def claim(*, meeting: Meeting, by: Person) -> Attendance:
    """ "I was there": a request, which those who run the group settle in the record."""
    meeting = open_record(meeting, by=by)
    if not can_be_claimed(meeting):
        raise ClaimTooLate
    line = next((line for line in lines_of(meeting) if line.person.pk == by.pk), None)
    if line is None or line.row.was_there:
        raise NotPossibleNow
    row = line.row
    if row.presence == Presence.SAYS_PRESENT:
        return row
    row.presence, row.claimed_at = Presence.SAYS_PRESENT, timezone.now()
    row.version += int(line.is_saved)
    row.save()
    record(
        by=by, verb="meetings.attendance_claimed", target=meeting,
        phrase=_("%(actor)s says they were at %(meeting)s"), meeting=meeting.identifier,
    )  # fmt: skip
    return row


def can_be_claimed(meeting: Meeting) -> bool:
    if meeting.ends_at is None or not meeting.is_planned or meeting.is_frozen:
        return False
    now = timezone.now()
    return meeting.ends_at < now <= meeting.ends_at + timedelta(days=CLAIM_DAYS)


def _tell(meeting: Meeting, by: Person, lines: int) -> None:
    if lines:
        record(
            by=by, verb="meetings.attendance_recorded", target=meeting,
            phrase=_("%(actor)s recorded who was at %(meeting)s"), meeting=meeting.identifier,
            data={"lines": lines},
        )  # fmt: skip
