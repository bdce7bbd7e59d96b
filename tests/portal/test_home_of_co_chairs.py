"""Whoever runs groups finds one strip for each on the home page: how it stands, and one thing to do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.choices import MembershipState
from tests.factories.members import make_person
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    GroupFactory,
    MeetingFactory,
    SeatFactory,
    TermFactory,
    make_term,
)
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant():
    """Co-chairs every work group from one standing seat."""
    person = make_person("Connie Consultant", MembershipState.APPROVED)
    TermFactory(seat=SeatFactory(group=None), person=person, role="co_chair")
    return person


def in_days(days: int, **extra):
    return MeetingFactory(starts_at=timezone.now() + timedelta(days=days), **extra)


def strips_on(client, path: str = "/en/") -> list[tuple[str, str, str]]:
    """(group, words on its button, where that leads) from top to bottom."""
    html = client.get(path).content.decode()
    found = re.findall(
        r'<h3><a href="[^"]*">([^<]*)</a></h3>.*?queue__do"><a class="[^"]*" href="([^"]*)">([^<]*)<',
        html,
        re.DOTALL,
    )
    return [(group, label, url) for group, url, label in found]


def test_what_presses_most_stands_first_with_one_button_each(consultant, sign_in):
    def group(slug: str, **extra):
        return GroupFactory(slug=slug, name_en=slug, code=slug.upper()[:5], **extra)

    calm, seats, later = group("calm"), group("seats"), group("later")
    AgendaItemFactory(meeting=in_days(30, group=calm))
    AgendaItemFactory(meeting=in_days(40, group=seats))
    SeatFactory(group=seats)
    in_days(50, group=later)
    group("unplanned")
    owing = group("owing")
    AgendaItemFactory(meeting=in_days(8, group=owing))
    told = in_days(-60, group=owing, outcome_state="circulated", sequence=2)
    ActionItemFactory(meeting=told, due=timezone.localdate() - timedelta(days=1))
    soon, sooner = in_days(9, group=group("soon")), in_days(2, group=group("sooner"))
    newer, older = (
        in_days(-5, group=group("newer")),
        in_days(-90, group=group("older"), outcome_state="draft"),
    )
    resting = group("resting", status="dormant")
    group("over", status="concluded", closing_note_en="Done.", closing_note_fr="Fait.")

    def meeting_of(made) -> str:
        return f"/en/work-groups/{made.group.slug}/meetings/{made.identifier}/"

    assert strips_on(sign_in(consultant)) == [
        ("older", "Record the outcomes", f"{meeting_of(older)}record/"),
        ("newer", "Record the outcomes", f"{meeting_of(newer)}record/"),
        ("sooner", "Prepare the agenda", f"{meeting_of(sooner)}agenda/"),
        ("soon", "Prepare the agenda", f"{meeting_of(soon)}agenda/"),
        ("owing", "See the overdue actions", "/en/work-groups/owing/actions/?state=overdue"),
        ("unplanned", "Schedule a meeting", "/en/work-groups/unplanned/meetings/new/"),
        ("later", "Prepare the agenda", f"{meeting_of(later.meetings.get())}agenda/"),
        ("seats", "Fill the seats", "/en/work-groups/seats/roster/"),
        ("resting", "See the group", resting.get_absolute_url()),
        ("calm", "See the meeting", meeting_of(calm.meetings.get())),
    ]


def test_every_button_opens_a_page(consultant, sign_in):
    client = sign_in(consultant)
    for made in (in_days(-5), in_days(5), in_days(30)):
        SeatFactory(group=made.group)
    AgendaItemFactory(meeting=in_days(60))
    GroupFactory()

    pages = [url for _group, _label, url in strips_on(client)]

    assert [client.get(page).status_code for page in pages] == [200] * 5


def test_the_strip_says_how_the_group_stands(table, sign_in):
    ActionItemFactory(meeting=table.held, due=timezone.localdate() - timedelta(days=1))
    SeatFactory(group=table.group)
    html = sign_in(table.co_chair).get("/en/").content.decode()

    for words in (
        "Groups that you run",
        f"Outcomes of {table.held} not circulated",
        "No agenda yet",
        "1 action overdue",
        "1 empty seat",
        "Cadence of the groups",
    ):
        assert words in html, words
    assert problems_of(html) == []


@pytest.mark.parametrize("who", ["roster", "alternate", "member", "former_co_chair", "staff"])
def test_others_have_none(table, sign_in, who):
    assert "Groups that you run" not in sign_in(table.people[who]).get("/en/").content.decode()


@pytest.mark.parametrize("who", ["co_chair", "secretary", "other_co_chair"])
def test_each_sees_the_own(table, sign_in, who):
    group = table.other_group if who == "other_co_chair" else table.group
    assert [name for name, *_rest in strips_on(sign_in(table.people[who]))] == [group.name]


def test_a_seat_counts_before_membership(table, sign_in):
    """An account that came of a roster invitation, and staff who sit at a table."""
    guest = make_person("Gina Guest")
    make_term(table.group, "", "co_chair", person=guest)
    make_term(table.group, "", "co_chair", person=table.staff)

    for person, sees in ((guest, False), (table.staff, True)):
        client = sign_in(person)
        assert [name for name, *_rest in strips_on(client)] == [table.group.name]
        assert ("Cadence of the groups" in client.get("/en/").content.decode()) == sees


def test_french(table, sign_in):
    SeatFactory(group=table.group)
    html = sign_in(table.co_chair).get("/fr/").content.decode().replace("\xa0", " ")

    for words in ("Les groupes que vous animez", "1 siège vacant", "Rédiger le compte rendu"):
        assert words in html
    assert problems_of(html) == []


def test_fourteen_groups_cost_what_one_costs(consultant, sign_in):
    client, counts = sign_in(consultant), []
    for more in (1, 13):
        for _group in range(more):
            group = GroupFactory()
            SeatFactory(group=group)
            AgendaItemFactory(meeting=in_days(9, group=group))
            told = in_days(-60, group=group, outcome_state="draft", sequence=2)
            ActionItemFactory(meeting=told, due=timezone.localdate() - timedelta(days=1))
        client.get("/en/")
        with CaptureQueriesContext(connection) as queries:
            assert len(strips_on(client)) in (1, 14)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16
