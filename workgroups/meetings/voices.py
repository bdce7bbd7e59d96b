"""Balance of voices: which of the expected types of stakeholder were in the room, and was that enough."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from workgroups.groups.choices import VOTING_ROLES, Quorum
from workgroups.groups.models import Group, TermsOfReference
from workgroups.groups.roster import terms_of_reference_on
from workgroups.meetings.models import Attendance, Meeting
from workgroups.meetings.rosters_of_day import day_of


@dataclass
class Voices:
    """Types as {"en": …, "fr": …}, so that they can be kept with the record."""

    present: list[dict[str, str]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    heads: int = 0
    got: int | None = None  # of what the quorum counts
    quorum: str = Quorum.NONE
    needed: int = 0
    is_met: bool = True

    def kept(self) -> dict[str, Any]:
        return {**vars(self), "quorum": str(self.quorum)}


def with_voices(decisions: QuerySet) -> QuerySet:
    """Decisions with what their voices are counted from: three queries for all of them."""
    there = Attendance.objects.select_related("stakeholder_type")
    adopted = TermsOfReference.objects.adopted().prefetch_related("expected_types")
    return decisions.prefetch_related(
        Prefetch("meeting__attendance", there), Prefetch("group__terms_of_reference", adopted)
    )


def voices_in(meeting: Meeting, group: Group) -> dict[str, Any]:
    """Those of the record where it is approved, whatever the terms of reference say since; else those counted now."""
    if meeting.is_frozen and meeting.frozen:
        return meeting.frozen["voices"]
    return voices_of(group, day_of(meeting), list(meeting.attendance.all())).kept()


def voices_of(group: Group, day: date, attendance: list[Attendance]) -> Voices:
    """Observers, secretaries and guests are no voices; who came for somebody speaks with their voice."""
    if not attendance:  # nobody wrote down who was there
        return Voices()
    terms = terms_of_reference_on(group, day)
    expected = list(terms.expected_types.all()) if terms else []
    speaking = [row for row in attendance if row.was_there and row.role in VOTING_ROLES]
    there = {row.stakeholder_type_id: row.stakeholder_type for row in speaking if row.stakeholder_type}
    wanted = {kind.pk for kind in expected}
    others = sorted((kind for pk, kind in there.items() if pk not in wanted), key=lambda kind: kind.order)
    present = [kind for kind in expected if kind.pk in there]
    quorum = Quorum(terms.quorum) if terms else Quorum.NONE
    got = {Quorum.HEADS: len(speaking), Quorum.VOICES: len(present)}.get(quorum, 0)
    needed = terms.quorum_count if terms and quorum != Quorum.NONE else 0
    return Voices(
        present=[both(kind) for kind in [*present, *others]],
        missing=[both(kind) for kind in expected if kind.pk not in there],
        heads=len(speaking), got=got, quorum=quorum, needed=needed, is_met=got >= needed,
    )  # fmt: skip


def both(row) -> dict[str, str]:
    """The name of a row in both languages."""
    return {"en": row.name_en or row.name_fr or "", "fr": row.name_fr or row.name_en or ""}
