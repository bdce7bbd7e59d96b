"""What stood under somebody without an account goes to the account's person: see workgroups.groups.joining."""

from __future__ import annotations

from iqn.mail import preferences
from members.models import Person
from workgroups.meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    InvitationAnswer,
    Meeting,
    Proposal,
    ReportBack,
)


def move_to_account(old: Person, new: Person) -> None:
    """Called inside the transaction that joins the two. A record that is approved keeps the name of its day."""
    _move_invitations(old, new)  # first, as all that write in a meeting hold its row before anything in it
    _move_attendance(old, new)
    _move_answers(old, new)
    Attendance.objects.filter(delegate_for=old).update(delegate_for=new)
    AgendaItem.objects.filter(presenter=old).update(presenter=new)
    Proposal.objects.filter(proposer=old).update(proposer=new)
    ActionItem.objects.filter(follower=old).update(follower=new)
    ReportBack.objects.filter(person=old).update(person=new)
    preferences.move_to_account(old, new)


def _move_invitations(old: Person, new: Person) -> None:
    """Whoever was invited hears of changes, and that it is off."""
    invited = Meeting.objects.upcoming().filter(told__invited__contains=[old.pk])
    for meeting in invited.select_for_update():
        meeting.told["invited"] = sorted({*meeting.told["invited"], new.pk} - {old.pk})
        meeting.save(update_fields=["told"])


def _move_attendance(old: Person, new: Person) -> None:
    """Where both stand in one meeting, the row that says "was there" stays, else that of the account."""
    own = {row.meeting_id: row for row in Attendance.objects.select_for_update().filter(person=new)}
    for row in Attendance.objects.select_for_update().filter(person=old):
        other = own.get(row.meeting_id)
        if other is not None and (other.was_there or not row.was_there):
            row.delete()
            continue
        if other is not None:
            other.delete()
        Attendance.objects.filter(pk=row.pk).update(person=new)


def _move_answers(old: Person, new: Person) -> None:
    """Where both answered for one meeting, the later word counts."""
    own = {row.meeting_id: row for row in InvitationAnswer.objects.select_for_update().filter(person=new)}
    for row in InvitationAnswer.objects.select_for_update().filter(person=old):
        other = own.get(row.meeting_id)
        if other is not None and other.answered_at >= row.answered_at:
            row.delete()
            continue
        if other is not None:
            other.delete()
        InvitationAnswer.objects.filter(pk=row.pk).update(person=new)
