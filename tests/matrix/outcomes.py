"""Rows of records, outcomes, decisions, actions and report-backs. In the world of the matrix the author runs a group
and the member sits at its table; every relation to a group is walked over in tests/workgroups/test_outcome_permissions.py."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from iqn import links
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    DecisionFactory,
    GroupFactory,
    MeetingFactory,
    make_term,
)
from tests.matrix.rows import EVERYONE, SIGN_IN, SIGNED_IN, STAFF, Row, answers
from workgroups.meetings.minutes import written_minutes
from workgroups.meetings.models import ReportBack
from workgroups.meetings.outcome_letters import ACTION_LINK, REPORT_LINK

RUNNING = answers(403, anonymous=SIGN_IN, author=200, staff=200)
RUNNING_DONE = answers(403, anonymous=SIGN_IN, author=302, staff=302)
RUNNING_STALE = answers(403, anonymous=SIGN_IN, author=409, staff=409)
READ_ONLY = answers(405, anonymous=SIGN_IN)
ROSTER = answers(403, anonymous=SIGN_IN, member=200, author=200, staff=200)
AT_TABLE = answers(403, anonymous=SIGN_IN, member=200, author=200)
AT_TABLE_DONE = answers(403, anonymous=SIGN_IN, member=302, author=302)
SEEN_AT_TABLE = answers(404, member=200, author=200, staff=200)
UPDATES = answers(404, anonymous=SIGN_IN, member=200, author=200, staff=200)
UPDATED = answers(404, anonymous=SIGN_IN, member=302, author=302, staff=302)


def scene(world) -> SimpleNamespace:
    """Made once for each world."""
    if not hasattr(world, "outcome_scene"):
        world.outcome_scene = _made(world)
    return world.outcome_scene


def _made(world) -> SimpleNamespace:
    group = GroupFactory(
        code="OUT", slug="outcomes-of-demo", name_en="Group of demo", name_fr="Groupe de démo"
    )
    make_term(group, "", "co_chair", person=world.author)
    seat = make_term(group, "", person=world.member).seat
    now = timezone.now()

    def meeting(days: int, state: str, **extra):
        made = MeetingFactory(
            group=group, starts_at=now - timedelta(days=days), outcome_state=state, year=2010 + days, **extra
        )
        return made, AgendaItemFactory(meeting=made, title=f"Item {days}", note="Noted.", visibility="public")

    (draft, item), (circulated, told), (approved, _kept) = (
        meeting(3, "draft"), meeting(4, "circulated"), meeting(5, "circulated")
    )  # fmt: skip
    approved.frozen, approved.outcome_state, approved.approved_at = written_minutes(approved), "approved", now
    approved.save()
    lately, _item = meeting(2, "none")
    return SimpleNamespace(
        group=group, draft=draft, circulated=circulated, approved=approved, lately=lately,
        public=DecisionFactory(meeting=circulated, item=told, text="Public decision"),
        hidden=DecisionFactory(meeting=draft, item=item, text="Draft decision"),
        action=ActionItemFactory(meeting=circulated, item=told, follower=world.member, text="First"),
        other=ActionItemFactory(meeting=circulated, item=told, follower=world.member, text="Second"),
        seen=ActionItemFactory(meeting=circulated, item=told, follower=world.member, visibility="public"),
        report=ReportBack.objects.create(meeting=circulated, seat=seat, person=world.member),
    )  # fmt: skip


def of(name: str):
    """The address of one of the meetings, decisions or actions of the scene."""

    def args(world):
        found = scene(world)
        return {"slug": found.group.slug, "identifier": getattr(found, name).identifier}

    return args


def group_args(world) -> dict:
    return {"slug": scene(world).group.slug}


def action_token(world) -> dict:
    return {"token": links.token(ACTION_LINK, action=scene(world).seen.pk, person=world.member.pk)}


def report_token(world) -> dict:
    return {"token": links.token(REPORT_LINK, report=scene(world).report.pk, person=world.member.pk)}


def written(world) -> dict:
    return {"text": "In writing", "decided_on": timezone.localdate().isoformat(), "visibility": "public"}


def later(world) -> dict:
    return {"due": (timezone.localdate() + timedelta(days=30)).isoformat()}


def row(name: str, get, post=None, *, args=lambda world: {}, data=lambda world: {}, variant: str = "") -> Row:
    return Row(f"meetings:{name}", get, post, args, data, variant=variant)


ROWS: list[Row] = [
    row("outcome-record", RUNNING, RUNNING_DONE, args=of("draft")),
    row("outcome-record", RUNNING_DONE, RUNNING_DONE, args=of("approved"), variant="approved"),
    row("outcome-sheet", RUNNING, READ_ONLY, args=of("draft")),
    row("outcome-detail", EVERYONE, args=of("lately"), variant="nothing yet"),
    row("outcome-detail", EVERYONE, args=of("draft"), variant="draft"),
    row("outcome-detail", EVERYONE, args=of("circulated")),
    row("outcome-detail", EVERYONE, args=of("approved"), variant="approved"),
    row("outcome-circulate", RUNNING, RUNNING_STALE, args=of("draft")),
    row("outcome-circulate", RUNNING_DONE, RUNNING_DONE, args=of("circulated"), variant="circulated"),
    row("outcome-approve", RUNNING, RUNNING_DONE, args=of("circulated")),
    row("correction-create", RUNNING, RUNNING_DONE, args=of("approved"), data=lambda world: {"text": "No."}),
    row("attendance-claim", AT_TABLE, AT_TABLE_DONE, args=of("lately")),
    row("decision-list-all", EVERYONE),
    row("decision-list", EVERYONE, args=group_args),
    row("decision-create", RUNNING, RUNNING_DONE, args=group_args, data=written),
    row("decision-create", RUNNING, RUNNING, args=group_args, variant="with errors"),
    row("decision-detail", EVERYONE, args=of("public")),
    row("decision-detail", SEEN_AT_TABLE, answers(405), args=of("hidden"), variant="draft"),
    row("action-list-all", STAFF),
    row("action-mine", SIGNED_IN),
    row("action-list", EVERYONE, args=group_args),
    row("action-detail", EVERYONE, args=of("seen"), variant="public"),
    row("action-detail", SEEN_AT_TABLE, answers(405), args=of("action")),
    row("action-finish", UPDATES, UPDATED, args=of("action")),
    row("action-postpone", UPDATES, UPDATED, args=of("other"), data=later),
    row("action-answer", EVERYONE, EVERYONE, args=action_token, data=lambda world: {"do": "postpone"}),
    row("action-answer", answers(404), answers(404), args=lambda world: {"token": "x"}, variant="damaged"),
    row("report-back-answer", EVERYONE, answers(302), args=report_token),
    row("attendance-list", ROSTER, READ_ONLY, args=group_args),
]  # fmt: skip
