"""A roster from a CSV file. A dry run does everything and takes it back: what it lists is what would happen."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from iqn.importing import Cells, LineError, Outcome, Sheet, Verdict, choice_in, day_in, run
from iqn.reference.models import StakeholderType
from iqn.text import folded
from members.actions.organizations import find_or_name
from members.models import Organization, Person
from workgroups.groups.actions import roster
from workgroups.groups.choices import Role, Scope
from workgroups.groups.errors import GroupError
from workgroups.groups.models import Group, Seat, Term

SHEET = Sheet(
    columns=("type", "organization", "title", "scope", "name", "email", "role", "since", "until"),
    required=("type", "name", "role", "since"),
    longest={"organization": 200, "title": 150, "name": 120, "email": 254},
)


def dry_run(*, by: Person, group: Group, text: str) -> list[Outcome]:
    return _run(by, group, text, keep=False)


def apply(*, by: Person, group: Group, text: str) -> list[Outcome]:
    """All lines or none: with an error in any of them nothing is kept."""
    return _run(by, group, text, keep=True)


def _run(by: Person, group: Group, text: str, *, keep: bool) -> list[Outcome]:
    def take(cells: Cells) -> tuple[Verdict, str]:
        return _take(by, group, _read(cells))

    return run(SHEET, text, take=take, refusals=(GroupError,), keep=keep)


def _read(cells: Cells) -> dict[str, Any]:
    email = cells.get("email", "")
    if email:
        try:
            validate_email(email)
        except ValidationError as exc:
            raise LineError(_("This is no e-mail address: %(typed)s") % {"typed": email}) from exc
    return {
        "kind": _kind(cells["type"]),
        "organization": cells.get("organization", ""),
        "title": cells.get("title", ""),
        "scope": choice_in(Scope, cells.get("scope") or Scope.PROVINCIAL, "scope"),
        "name": cells["name"],
        "email": email,
        "role": choice_in(Role, cells["role"], "role"),
        "since": day_in(cells["since"]),
        "until": day_in(cells["until"]) if cells.get("until") else None,
    }


def _kind(typed: str) -> StakeholderType:
    for kind in StakeholderType.objects.filter(is_retired=False):
        if folded(typed) in (kind.slug, folded(kind.name_en or ""), folded(kind.name_fr or "")):
            return kind  # type: ignore[return-value]
    raise LineError(_("Nobody knows this type of stakeholder: %(typed)s") % {"typed": typed[:100]})


def _take(by: Person, group: Group, values: dict[str, Any]) -> tuple[Verdict, str]:
    seat, is_new_seat = _seat(by, group, values)
    person = _person(group, values)
    present = seat.terms.filter(person=person, until__isnull=True).first()
    past = seat.terms.filter(person=person, since=values["since"], until__isnull=False).first()
    if present is None and past is None:
        return _begin(by, seat, person, values, is_new_seat)
    return _change(by, present or past, values)  # type: ignore[arg-type]


def _begin(
    by: Person, seat: Seat, person: Person, values: dict[str, Any], is_new_seat: bool
) -> tuple[Verdict, str]:
    roster.begin_term(
        by=by, seat=seat, person=person, email=values["email"],
        **{name: values[name] for name in ("role", "since", "until")},
    )  # fmt: skip
    words = {"name": values["name"], "seat": seat}
    if is_new_seat:
        return Verdict.CREATE, _("%(name)s on a new seat: %(seat)s") % words
    return Verdict.CREATE, _("%(name)s on the seat: %(seat)s") % words


def _change(by: Person, term: Term, values: dict[str, Any]) -> tuple[Verdict, str]:
    words = {"name": values["name"], "seat": term.seat}
    if term.role != values["role"]:
        roster.change_role(by=by, term=term, role=values["role"], since=values["since"])
        return Verdict.CHANGE, _("%(name)s has another role on the seat: %(seat)s") % words
    if values["until"] is not None and values["until"] != term.until:
        roster.end_term(by=by, term=term, until=values["until"])
        return Verdict.CHANGE, _("%(name)s leaves the seat: %(seat)s") % words
    return Verdict.SAME, _("%(name)s on the seat: %(seat)s") % words


def _seat(by: Person, group: Group, values: dict[str, Any]) -> tuple[Seat, bool]:
    organization = None
    if values["organization"]:
        name = values["organization"]
        # Staff import, who know the unconfirmed ones too
        organization = Organization.objects.named(name) or find_or_name(
            by=by, name=name, language="en", kind=values["kind"]
        )
    elif not values["title"]:
        raise LineError(_("Name the organization, or give the seat a title."))
    known = _known_seat(group, organization, values)
    if known is not None:
        return known, False
    return roster.add_seat(
        by=by, group=group, stakeholder_type=values["kind"], organization=organization, title=values["title"],
        title_language="en", scope=values["scope"], since=values["since"],
    ), True  # fmt: skip


def _known_seat(group: Group, organization: Organization | None, values: dict[str, Any]) -> Seat | None:
    seats = group.seats.filter(stakeholder_type=values["kind"], organization=organization)
    return next((seat for seat in seats if folded(seat.title) == folded(values["title"])), None)


def _person(group: Group, values: dict[str, Any]) -> Person:
    """By address, or by the name of somebody who is or was at this table."""
    if not values["email"]:
        seated = Term.objects.at_the_table_of(group).select_related("person")
        for term in seated:
            if folded(term.person.name) == folded(values["name"]):
                return term.person
    return roster.person_named(name=values["name"], email=values["email"])
