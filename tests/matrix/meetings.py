"""Rows of meetings and proposals: the author runs a group, the member sits at its table, the others stand outside."""

from types import SimpleNamespace
from typing import Any

from iqn import links
from tests.factories.workgroups import GroupFactory, MeetingFactory, make_term
from tests.matrix.rows import EVERYONE, MEMBERS, SIGN_IN, Row, answers
from tests.workgroups.meeting_forms import item_data, proposal_data, schedule_data, time_data
from workgroups.meetings.models import AgendaItem, Proposal

RUNNING = answers(403, anonymous=SIGN_IN, author=200, staff=200)
RUNNING_DONE = answers(403, anonymous=SIGN_IN, author=302, staff=302)
ROSTER = answers(403, anonymous=SIGN_IN, author=200, member=200)
ROSTER_DONE = answers(403, anonymous=SIGN_IN, author=302, member=302)


def scene(world) -> SimpleNamespace:
    """A group with a meeting, made at the first address that needs it."""
    if not hasattr(world, "meetings_scene"):
        group = GroupFactory(code="MID", slug="midwifery", name_en="Midwifery", name_fr="Sages-femmes")
        make_term(group, "", "co_chair", person=world.author)
        make_term(group, "", person=world.member)
        meeting = MeetingFactory(group=group)
        world.meetings_scene = SimpleNamespace(
            group=group,
            meeting=meeting,
            item=AgendaItem.objects.create(meeting=meeting, position=1, title="An item"),
            proposal=Proposal.objects.create(
                group=group, proposer=world.member, title="An idea", text="Why."
            ),
        )
    return world.meetings_scene


def group(world) -> dict[str, Any]:
    return {"slug": scene(world).group.slug}


def meeting(world) -> dict[str, Any]:
    return {"slug": scene(world).group.slug, "identifier": scene(world).meeting.identifier}


def another_groups(world) -> dict[str, Any]:
    return {"slug": GroupFactory().slug, "identifier": scene(world).meeting.identifier}


def reply(world) -> dict[str, Any]:
    token = links.token("meetings.answer", meeting=scene(world).meeting.pk, person=world.member.pk)
    return {**meeting(world), "token": token}


def own_calendar(world) -> dict[str, Any]:
    key = world.member.user.get_session_auth_hash()[:20]
    return {"token": links.token("meetings.own_calendar", user=world.member.user.pk, key=key)}


def row(name: str, get, post=None, *, args=meeting, data=None, **more) -> Row:
    return Row(f"meetings:{name}", get, post, args, (lambda world: data or {}), **more)


ROWS: list[Row] = [
    row("list", EVERYONE, args=group),
    row("detail", EVERYONE),
    row("detail", answers(404), answers(405), args=another_groups, variant="of another group"),
    row("cadence", MEMBERS, answers(405, anonymous=SIGN_IN), args=lambda world: {}),
    row("group-calendar", EVERYONE, args=group),
    row("own-calendar", EVERYONE, args=own_calendar),
    row("schedule", RUNNING, RUNNING_DONE, args=group, data=schedule_data()),
    row("schedule", RUNNING, RUNNING, args=group, variant="with errors"),
    row(
        "not-needed", RUNNING, RUNNING, args=group, data={"quarter": "1999-1", "reason": "Quiet", "language": "en"},
    ),
    row(
        "past-import", answers(403, anonymous=SIGN_IN, staff=200), answers(403, anonymous=SIGN_IN, staff=200), args=group,
    ),
    row(
        "seat-handover", RUNNING_DONE, RUNNING_DONE,
        args=lambda world: {**group(world), "pk": world.member.terms.get(seat__group=scene(world).group).pk},
    ),
    row("edit", RUNNING, RUNNING, variant="with errors"),
    row(
        "edit", RUNNING, answers(403, anonymous=SIGN_IN, author=302, staff=200),
        data={"mode": "in_person", "place": "Hall", "join_link": "", "version": 1},
    ),
    row("move", RUNNING, RUNNING_DONE, data=time_data(reason="Storm", language="en")),
    row(
        "cancel", RUNNING, answers(403, anonymous=SIGN_IN, author=302, staff=200),
        data={"reason": "Storm", "language": "en"},
    ),
    row("agenda", RUNNING, RUNNING_DONE, data=item_data()),
    row("agenda", RUNNING, RUNNING_DONE, data={"do": "carry"}, variant="bringing in"),
    row(
        "item-edit", RUNNING, RUNNING_DONE,
        args=lambda world: {**meeting(world), "pk": scene(world).item.pk}, data=item_data(version=1),
    ),
    row("invite", RUNNING, RUNNING_DONE),
    row("tell", RUNNING_DONE, RUNNING_DONE),
    row("answer", ROSTER, ROSTER_DONE, data={"answer": "online"}),
    row("reply", EVERYONE, answers(302), args=reply, data={"answer": "online"}),
    row("reply", answers(404), answers(404), args=lambda world: {**meeting(world), "token": "x"}, variant="altered"),
    row(
        "proposal-list", answers(403, anonymous=SIGN_IN, author=200, member=200, staff=200),
        answers(405, anonymous=SIGN_IN), args=group,
    ),
    row("proposal-create", ROSTER, ROSTER_DONE, args=group, data=proposal_data()),
    row(
        "proposal-decide", answers(404, anonymous=SIGN_IN, member=403, author=200, staff=200),
        answers(404, anonymous=SIGN_IN, member=403, author=302, staff=302),
        args=lambda world: {**group(world), "pk": scene(world).proposal.pk},
        data={"state": "declined", "reason": "No"},
    ),
]  # fmt: skip
