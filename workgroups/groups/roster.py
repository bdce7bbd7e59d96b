"""The table of a group on one day, as one reader may see it: seats by type of stakeholder, who holds them, who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from iqn.reference.models import StakeholderType
from members.models import Person
from workgroups.groups.choices import VOTING_ROLES, WANTED_CO_CHAIRS, Role
from workgroups.groups.models import Group, Seat, Term, TermsOfReference


@dataclass(frozen=True)
class Holder:
    """Somebody on a seat, as far as this reader may know it."""

    term: Term
    name: str  # empty: this reader sees the role and no name
    url: str = ""  # of the profile, where this reader may open it
    contact: list[tuple[str, str]] = field(default_factory=list)
    may_be_invited: bool = False


@dataclass(frozen=True)
class SeatRow:
    seat: Seat
    holders: list[Holder]
    may_edit: bool


@dataclass(frozen=True)
class Voice:
    """One type of stakeholder at the table."""

    kind: StakeholderType
    rows: list[SeatRow]


@dataclass(frozen=True)
class Roster:
    day: date
    voices: list[Voice]
    missing: list[StakeholderType]  # voices that the terms of reference of that day expect and nobody brings
    co_chairs: list[Holder]
    sees_names: bool
    sees_details: bool

    @property
    def lacks_co_chairs(self) -> bool:
        return len(self.co_chairs) < WANTED_CO_CHAIRS

    @property
    def seats(self) -> list[SeatRow]:
        return [row for voice in self.voices for row in voice.rows]

    @property
    def has_own_seats(self) -> bool:
        """Does the group have seats beside those that serve every group?"""
        return any(not row.seat.is_standing for row in self.seats)


def terms_of_reference_on(group: Group, day: date) -> TermsOfReference | None:
    """The version that was in force on that day. Chosen here rather than by the database, so that those of many groups
    may be fetched at once."""
    versions = [row for row in group.terms_of_reference.all() if row.adopted_on and row.adopted_on <= day]
    return max(versions, key=lambda row: (row.adopted_on, row.number), default=None)


def roster_of(group: Group, user, *, day: date | None = None) -> Roster:
    day = day or timezone.localdate()
    terms = Term.objects.on(day).for_roster()
    seats = list(
        Seat.objects.at_the_table_of(group)
        .on(day)
        .select_related("organization", "stakeholder_type", "group")
        .prefetch_related(Prefetch("terms", terms, to_attr="held"))
        .order_by("stakeholder_type__order", "stakeholder_type_id", "pk")
    )
    reader = _Reader(group, user, [term.person for seat in seats for term in seat.held])
    rows = [reader.row(seat) for seat in seats]
    voices = [
        Voice(kind, list(of_kind))
        for kind, of_kind in groupby(rows, key=lambda row: row.seat.stakeholder_type)
    ]
    present = {
        row.seat.stakeholder_type_id
        for row in rows
        if any(holder.term.role in VOTING_ROLES for holder in row.holders)
    }
    reference = terms_of_reference_on(group, day)
    expected: Iterable[Any] = reference.expected_types.all() if reference else ()
    return Roster(
        day=day,
        voices=voices,
        missing=[kind for kind in expected if kind.pk not in present],
        co_chairs=[holder for row in rows for holder in row.holders if holder.term.role == Role.CO_CHAIR],
        sees_names=reader.sees_names,
        sees_details=reader.sees_details,
    )


class _Reader:
    """What one reader may know about the people of one group."""

    def __init__(self, group: Group, user, people: list[Person]) -> None:
        self.user = user
        self.sees_names = user.has_perm("groups.view_roster_names", group)
        self.sees_details = user.has_perm("groups.view_roster_details", group)
        self.may_edit = user.has_perm("groups.edit_roster", group)
        self.may_edit_standing = user.has_perm("groups.edit_standing_seats", group)
        may_open = bool(people) and user.has_perm("members.view_directory")
        shown = Person.objects.visible_to(user).filter(pk__in={person.pk for person in people})
        self.with_profile = set(shown.values_list("pk", flat=True)) if may_open else set()

    def row(self, seat: Seat) -> SeatRow:
        may_edit = self.may_edit_standing if seat.is_standing else self.may_edit
        return SeatRow(seat, [self.holder(term, may_edit) for term in seat.held], may_edit)

    def holder(self, term: Term, may_edit: bool) -> Holder:
        person = term.person
        if not self.sees_names:
            return Holder(term, "")
        contact = person.contact_details_for(self.user) if self.sees_details else []
        if self.sees_details and person.user_id is None and term.email:
            contact = [("contact_email", term.email), *contact]
        return Holder(
            term,
            person.display_name,
            person.get_absolute_url() if person.pk in self.with_profile else "",
            contact,
            may_edit and person.user_id is None and bool(term.email),
        )
