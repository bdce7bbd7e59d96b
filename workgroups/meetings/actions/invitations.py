"""Inviting the roster, telling it what changed, and taking answers: the last one holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.mail.events import Letter
from members.models import Person
from workgroups.groups.models import Term
from workgroups.meetings.choices import Answer
from workgroups.meetings.errors import MeetingIsOver, NotOnTheRoster, NotPossibleNow
from workgroups.meetings.models import InvitationAnswer, Meeting
from workgroups.meetings.notifications import invitations as letters

ANSWER_LINK = letters.ANSWER_LINK
REMINDED_BEFORE = timedelta(days=3)
QUIET_AFTER_INVITATION = timedelta(days=1)


@transaction.atomic
def invite_roster(*, meeting: Meeting, by: Person) -> int:
    """Everyone who was not invited yet; later again, for those who joined since. Answers how many."""
    meeting = _to_come(meeting)
    first = meeting.invited_at is None
    count = letters.invite(meeting)
    if first:
        meeting.invited_at = timezone.now()
        meeting.save(update_fields=["invited_at"])
    if first or count:
        record(
            by=by, verb="meetings.roster_invited", phrase=_("%(actor)s sent invitations to %(meeting)s: %(count)s."),
            target=meeting, meeting=meeting.identifier, count=count,
        )  # fmt: skip
    return count


@transaction.atomic
def tell_roster(*, meeting: Meeting, by: Person) -> int:
    meeting = _to_come(meeting)
    count = letters.tell_changes(meeting)
    if count:
        record(
            by=by, verb="meetings.roster_told", target=meeting,
            phrase=_("%(actor)s told the roster what changed about %(meeting)s."), meeting=meeting.identifier,
        )  # fmt: skip
    return count


@transaction.atomic
def answer_invitation(
    *, meeting: Meeting, answer: str, by: Person, delegate_name: str = "", delegate_organization: str = ""
) -> InvitationAnswer:
    """A delegate is named with regrets only."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_planned:
        raise NotPossibleNow
    if meeting.is_over:
        raise MeetingIsOver
    if not Term.objects.at_the_table_of(meeting.group).of(by).current().exists():
        raise NotOnTheRoster
    regrets = answer == Answer.REGRETS
    values = {
        "answer": answer,
        "delegate_name": delegate_name if regrets else "",
        "delegate_organization": delegate_organization if regrets else "",
        "answered_at": timezone.now(),
    }
    row, _created = InvitationAnswer.objects.update_or_create(meeting=meeting, person=by, defaults=values)
    record(
        by=by, verb="meetings.invitation_answered", phrase=_("%(actor)s answered the invitation to %(meeting)s: %(answer)s"),
        target=meeting, meeting=meeting.identifier, answer=row.get_answer_display,
    )  # fmt: skip
    return row


def waiting(meeting: Meeting) -> list[Person]:
    """Who would get an invitation now."""
    return [term.person for term in letters.not_yet_invited(meeting)]


def preview(meeting: Meeting, person: Person) -> Letter:
    return letters.preview_invitation(meeting, person)


def preview_changes(meeting: Meeting, person: Person) -> Letter:
    return letters.preview_changes(meeting, person)


def reached(meeting: Meeting) -> int:
    """How many people on today's roster can be written to."""
    return len(letters.roster_of(meeting))


def standing(meeting: Meeting) -> dict[str, Any]:
    """For those who run the group: who still waits for an invitation, and what nobody was told yet."""
    return {"uninvited": len(letters.not_yet_invited(meeting)), "untold": letters.untold(meeting)}


def remind_of_meetings(now=None) -> int:
    """Every day: those that begin within three days, each person once for each date."""
    now = now or timezone.now()
    soon = Meeting.objects.planned().filter(
        starts_at__gt=now, starts_at__lte=now + REMINDED_BEFORE, invited_at__lte=now - QUIET_AFTER_INVITATION
    )
    count = 0
    for meeting in soon.select_related("group"):
        with transaction.atomic():
            count += letters.remind(meeting)
    return count


def _to_come(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not meeting.is_planned or meeting.is_over:
        raise NotPossibleNow
    return meeting
