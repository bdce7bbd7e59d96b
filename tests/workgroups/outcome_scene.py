"""A held meeting with something for each kind of reader, and the steps of its record."""

from __future__ import annotations

from django.urls import reverse

from tests.factories.workgroups import ActionItemFactory, AgendaItemFactory, DecisionFactory
from workgroups.meetings.actions import records
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.minutes import mark_of, written_minutes
from workgroups.meetings.models import Attendance

CANARIES = {"roster": "heronword", "members": "ospreyword", "public": "loonword"}


def address(name: str, meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.identifier])


def fill(table) -> None:
    """Notes, decisions and actions for each of the three, and who was there."""
    held = table.held
    held.outcome_state = OutcomeState.DRAFT
    held.save()
    for level, word in CANARIES.items():
        item = AgendaItemFactory(
            meeting=held, title=f"{word} title", note=f"{word} note", visibility=level, purpose="discuss"
        )
        DecisionFactory(meeting=held, item=item, text=f"{word} decision", visibility=level)
        ActionItemFactory(
            meeting=held, item=item, text=f"{word} action", visibility=level, follower=table.roster
        )
    for person in (table.roster, table.co_chair):
        term = person.terms.select_related("seat").get()
        Attendance.objects.create(
            meeting=held, person=person, name=person.name, title="Analyst", organization=term.seat.organization,
            organization_name=term.seat.organization.name_en, stakeholder_type=term.seat.stakeholder_type,
            role=term.role, presence="in_person",
        )  # fmt: skip


def circulate(table):
    return records.circulate(
        meeting=table.held, seen_mark=mark_of(written_minutes(table.held)), by=table.co_chair
    )


def approve(table):
    circulate(table)
    meeting = records.approve(meeting=table.held, by=table.co_chair)
    meeting.refresh_from_db()
    return meeting
