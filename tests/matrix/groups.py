"""Work groups: public pages; what those who run a group change (here staff stand for them, test_group_permissions has
everybody who can stand to a group)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.factories.workgroups import GroupFactory, SeatFactory, TermFactory, TermsOfReferenceFactory
from tests.matrix.rows import EVERYONE, MEMBERS, SIGN_IN, SIGNED_IN, STAFF, Row, answers


def _term(world: SimpleNamespace):
    """A group with one person on one seat, made once for each world."""
    if not hasattr(world, "work_group_term"):
        group = GroupFactory(code="NUR", slug="nursing", name_en="Nursing", name_fr="Soins infirmiers")
        TermsOfReferenceFactory(group=group)
        TermsOfReferenceFactory(group=group, number=2, adopted_on=None)
        world.work_group_term = TermFactory(seat=SeatFactory(group=group))
    return world.work_group_term


def _group(world) -> dict[str, Any]:
    return {"slug": _term(world).seat.group.slug}


def _of_term(world) -> dict[str, Any]:
    return {**_group(world), "pk": _term(world).pk}


def _of_seat(world) -> dict[str, Any]:
    return {**_group(world), "pk": _term(world).seat.pk}


HIDDEN_DRAFT = answers(404, staff=200)
ROWS: list[Row] = [
    Row("groups:list", get=EVERYONE),
    Row("groups:mine", get=SIGNED_IN),
    Row("groups:detail", get=EVERYONE, args=_group),
    Row("groups:detail", get=answers(404), post=answers(405), args=lambda world: {"slug": "no-such"}, variant="unknown"),
    Row("groups:history", get=MEMBERS, args=_group),
    Row("groups:edit", get=STAFF, post=STAFF, args=_group),
    Row("groups:status", get=STAFF, post=STAFF, args=_group),
    Row("groups:terms", get=EVERYONE, args=_group),
    Row("groups:terms-version", get=EVERYONE, args=lambda world: {**_group(world), "number": 1}),
    Row(
        "groups:terms-version", get=HIDDEN_DRAFT, post=answers(405), args=lambda world: {**_group(world), "number": 2},
        variant="draft",
    ),
    Row("groups:terms-compare", get=EVERYONE, args=_group),
    Row("groups:terms-edit", get=STAFF, post=STAFF, args=_group),
    Row("groups:terms-adopt", get=STAFF, post=STAFF, args=_group, data=lambda world: {"adopted_on": "someday"}),
    Row("groups:roster", get=EVERYONE, args=_group),
    Row("groups:roster", get=EVERYONE, args=_group, query="?on=" + date(2021, 3, 1).isoformat(), variant="as of"),
    Row("groups:seat-add", get=STAFF, post=STAFF, args=_group),
    Row("groups:term-begin", get=STAFF, post=STAFF, args=_of_seat),
    Row("groups:term-end", get=STAFF, post=STAFF, args=_of_term),
    Row("groups:term-role", get=STAFF, post=STAFF, args=_of_term),
    Row("groups:term-handover", get=STAFF, post=answers(405, anonymous=SIGN_IN), args=_of_term),
    Row("groups:term-invite", get=STAFF, post=answers(403, anonymous=SIGN_IN, staff=409), args=_of_term),
    Row("groups:roster-import", get=STAFF, post=STAFF, args=_group),
    Row("groups:invitation-accept", get=answers(404), post=answers(404), args=lambda world: {"token": "altered"}),
]  # fmt: skip
