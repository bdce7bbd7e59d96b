"""Seats and terms: they begin and end, and are never overwritten."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.reference.models import StakeholderType
from members.models import Organization, Person
from workgroups.groups.actions.locking import open_group
from workgroups.groups.choices import FEWEST_CO_CHAIRS, Role
from workgroups.groups.errors import EndsBeforeItBegins, LastCoChair, SeatHasEnded, TermsOverlap
from workgroups.groups.models import Group, Seat, Term


@transaction.atomic
def add_seat(
    *, by: Person, group: Group, stakeholder_type: StakeholderType, organization: Organization | None,
    title: str, title_language: str, scope: str, since: date,
) -> Seat:  # fmt: skip
    group = open_group(group)
    seat = Seat.objects.create(
        group=group, stakeholder_type=stakeholder_type, organization=organization, title=title,
        title_language=title_language, scope=scope, since=since,
    )  # fmt: skip
    record(
        by=by, verb="groups.seat_added", target=group, seat=lambda: str(seat), group=lambda: str(group),
        phrase=_("%(group)s has a new seat: %(seat)s."),
    )  # fmt: skip
    return seat


@transaction.atomic
def begin_term(
    *,
    by: Person,
    seat: Seat,
    person: Person,
    role: str,
    since: date,
    until: date | None = None,
    email: str = "",
) -> Term:
    """Somebody takes a seat. `email` is kept only for a person without an account."""
    seat = _locked(seat)
    if until is not None and until <= since:
        raise EndsBeforeItBegins
    if not seat.is_on(since) or (seat.until is not None and until is not None and until > seat.until):
        raise SeatHasEnded
    if _overlapping(seat, person, since, until).exists():
        raise TermsOverlap
    term = Term.objects.create(
        seat=seat, person=person, role=role, since=since, until=until,
        email=email if person.user_id is None else "",
    )  # fmt: skip
    _record(by, "begun", _("Somebody takes a seat: %(seat)s (%(role)s)."), term)
    return term


@transaction.atomic
def seat_person(
    *, by: Person, seat: Seat, person: Person | None, name: str, email: str, role: str, since: date,
    until: date | None = None,
) -> Term:  # fmt: skip
    """A known person, or somebody by name and address, takes a seat."""
    person = person or person_named(name=name, email=email)
    return begin_term(by=by, seat=seat, person=person, role=role, since=since, until=until, email=email)


@transaction.atomic
def end_term(*, by: Person, term: Term, until: date) -> Term:
    """`until` is the first day on which it no longer holds."""
    _locked(term.seat)
    term = _end(term, until)
    _refuse_without_co_chair(term, until)
    _record(by, "ended", _("Somebody leaves a seat: %(seat)s (%(role)s)."), term)
    return term


@transaction.atomic
def change_role(*, by: Person, term: Term, role: str, since: date) -> Term:
    """From that day on another role on the same seat: one term ends, another begins."""
    _locked(term.seat)
    old_until = Term.objects.get(
        pk=term.pk
    ).until  # as it stands, which may be newer than what the caller read
    ended = _end(term, since)
    if role != Role.CO_CHAIR:
        _refuse_without_co_chair(ended, since)
    begun = Term.objects.create(
        seat=ended.seat, person=ended.person, role=role, since=since, until=old_until, email=ended.email
    )
    _record(by, "role_changed", _("Somebody on a seat has a new role: %(seat)s (%(role)s)."), begun)
    return begun


def person_named(*, name: str, email: str) -> Person:
    """The person whose account has proven this address, or who sits somewhere with it; otherwise a new one without an
    account."""
    if email:
        proven = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).first()
        if proven is not None:
            known = Person.objects.filter(user=proven.user_id).first()
            if known is not None:
                return known
        seated = Term.objects.filter(email__iexact=email, person__user__isnull=True).first()
        if seated is not None:
            return seated.person
    return Person.objects.create(name=" ".join(name.split()))


def _locked(seat: Seat) -> Seat:
    """Changes of one table take their turn; a standing seat is a table of its own."""
    if seat.group_id is not None:
        open_group(seat.group)  # type: ignore[arg-type]
    return Seat.objects.select_for_update().get(pk=seat.pk)


def _end(term: Term, until: date) -> Term:
    term = Term.objects.select_for_update().get(pk=term.pk)
    if until <= term.since or (term.until is not None and until > term.until):
        raise EndsBeforeItBegins
    term.until = until
    term.save(update_fields=["until"])
    return term


def _overlapping(seat: Seat, person: Person, since: date, until: date | None):
    terms = Term.objects.filter(seat=seat, person=person).filter(Q(until__isnull=True) | Q(until__gt=since))
    return terms.filter(since__lt=until) if until is not None else terms


def _refuse_without_co_chair(ended: Term, day: date) -> None:
    """A group that meets keeps at least one. A standing seat may be empty: staff see the groups that lack a co-chair."""
    group = ended.seat.group
    if ended.role != Role.CO_CHAIR or group is None or not group.is_expected_to_meet:
        return
    others = Term.objects.at_the_table_of(group).co_chairs().on(day)
    if others.count() < FEWEST_CO_CHAIRS:
        raise LastCoChair


def _record(by: Person, verb: str, phrase: Any, term: Term) -> None:
    """The sentence names nobody: whoever may see the roster sees who it is."""
    target: Any = term.seat.group or term.seat
    record(
        by=by, verb=f"groups.term_{verb}", phrase=phrase, target=target, data={"term": term.pk},
        seat=lambda: str(term.seat), role=lambda: term.get_role_display(),
    )  # fmt: skip
