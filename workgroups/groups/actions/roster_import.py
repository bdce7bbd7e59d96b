"""A roster from a CSV file. A dry run does everything and takes it back: what it lists is what would happen."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iqn.reference.models import StakeholderType
from iqn.text import folded
from members.actions.organizations import find_or_name
from members.models import Organization, Person
from workgroups.groups.actions import roster
from workgroups.groups.choices import Role, Scope
from workgroups.groups.errors import GroupError
from workgroups.groups.models import Group, Seat, Term

COLUMNS = ("type", "organization", "title", "scope", "name", "email", "role", "since", "until")
REQUIRED = ("type", "name", "role", "since")
MOST_LINES = 500
LONGEST_CELL = {"organization": 200, "title": 150, "name": 120, "email": 254}


class Verdict(TextChoices):
    CREATE = "create", pgettext_lazy("import", "Creates")
    CHANGE = "change", pgettext_lazy("import", "Changes")
    SAME = "same", pgettext_lazy("import", "Is there already")
    ERROR = "error", pgettext_lazy("import", "Error")


@dataclass(frozen=True)
class Outcome:
    """What becomes of one line of the file."""

    line: int
    verdict: Verdict
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.verdict == Verdict.ERROR


class FileError(GroupError):
    """The file as a whole cannot be read."""

    sentence = gettext_lazy("The file is not CSV text.")

    def __init__(self, sentence: str = "") -> None:
        super().__init__()
        self.said = sentence

    def __str__(self) -> str:
        return self.said or super().__str__()


class LineError(FileError):
    """One line cannot be read."""


def dry_run(*, by: Person, group: Group, text: str) -> list[Outcome]:
    return _run(by, group, text, keep=False)


def apply(*, by: Person, group: Group, text: str) -> list[Outcome]:
    """All lines or none: with an error in any of them nothing is kept."""
    return _run(by, group, text, keep=True)


@transaction.atomic
def _run(by: Person, group: Group, text: str, *, keep: bool) -> list[Outcome]:
    outcomes = [_outcome(by, group, number, cells) for number, cells in _lines(text)]
    if not keep or any(outcome.is_error for outcome in outcomes):
        transaction.set_rollback(True)
    return outcomes


def _lines(text: str) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\x00", "")), delimiter=_delimiter(text))
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as exc:
        raise FileError from exc
    if not rows:
        raise FileError(_("The file is empty."))
    names = [cell.strip().lower() for cell in rows[0][1]]
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in REQUIRED if name not in names]
    if unknown:
        raise FileError(_("Nobody knows these columns: %(names)s.") % {"names": ", ".join(unknown)[:200]})
    if missing:
        raise FileError(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if len(rows) - 1 > MOST_LINES:
        raise FileError(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
    return [
        (number, dict(zip(names, (" ".join(cell.split()) for cell in row), strict=False)))
        for number, row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _outcome(by: Person, group: Group, number: int, cells: dict[str, str]) -> Outcome:
    try:
        with transaction.atomic():
            verdict, sentence = _take(by, group, _read(cells))
    except GroupError as refusal:
        return Outcome(number, Verdict.ERROR, str(refusal))
    return Outcome(number, verdict, sentence)


def _read(cells: dict[str, str]) -> dict[str, Any]:
    for column in REQUIRED:
        if not cells.get(column):
            raise LineError(_("The column %(name)s is empty.") % {"name": column})
    for column, most in LONGEST_CELL.items():
        if len(cells.get(column, "")) > most:
            raise LineError(_("The text in the column %(name)s is too long.") % {"name": column})
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
        "scope": _choice(Scope, cells.get("scope") or Scope.PROVINCIAL, "scope"),
        "name": cells["name"],
        "email": email,
        "role": _choice(Role, cells["role"], "role"),
        "since": _day(cells["since"]),
        "until": _day(cells["until"]) if cells.get("until") else None,
    }


def _kind(typed: str) -> StakeholderType:
    for kind in StakeholderType.objects.filter(is_retired=False):
        if folded(typed) in (kind.slug, folded(kind.name_en or ""), folded(kind.name_fr or "")):
            return kind  # type: ignore[return-value]
    raise LineError(_("Nobody knows this type of stakeholder: %(typed)s") % {"typed": typed[:100]})


def _choice(choices: type[TextChoices], typed: str, column: str) -> str:
    wanted = folded(typed).replace("-", "_").replace(" ", "_")
    if wanted not in choices.values:
        raise LineError(
            _("The column %(name)s takes one of: %(values)s.")
            % {"name": column, "values": ", ".join(choices.values)}
        )
    return wanted


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as exc:
        raise LineError(_("Write the day as year-month-day, such as 2026-03-13.")) from exc


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
