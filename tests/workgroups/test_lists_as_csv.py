"""Every list of groups and meetings as a table for spreadsheets, for those who may read the list."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.workgroups import ActionItemFactory, MeetingFactory
from workgroups.meetings.actions import meetings, proposals
from workgroups.meetings.models import Attendance

pytestmark = pytest.mark.django_db
LISTS = {
    "groups:list": "work-groups", "groups:roster": "roster-nursing", "groups:history": "history-nursing",
    "meetings:list": "meetings-nursing", "meetings:proposal-list": "proposals-nursing",
    "meetings:decision-list": "decisions", "meetings:decision-list-all": "decisions", "meetings:action-list": "actions",
    "meetings:action-list-all": "actions", "meetings:action-mine": "my-actions",
    "meetings:attendance-list": "attendance-nursing",
}  # fmt: skip


def path_of(name: str, language: str = "en") -> str:
    of_group = name in ("groups:roster", "groups:history") or (
        name.startswith("meetings:") and not name.endswith(("-all", "-mine"))
    )
    return reverse(name, args=["nursing"] if of_group else [])


def rows_of(response) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def filled(table):
    proposals.propose_item(
        group=table.group, title="=1+1", text="Why", purpose="decide", language="en", by=table.roster
    )
    Attendance.objects.create(meeting=table.held, person=table.roster, name="Rosa Roster", presence="online")
    table.held.outcome_state = "draft"
    table.held.save()
    ActionItemFactory(meeting=table.held, follower=table.staff)
    return table


@pytest.mark.parametrize("name", LISTS)
def test_every_list(filled, sign_in, name):
    response = sign_in(filled.staff).get(path_of(name), {"format": "csv"})

    assert response["Content-Disposition"].startswith(f'attachment; filename="{LISTS[name]}-')
    heads, *lines = rows_of(response)
    assert all(heads)
    assert lines
    assert {len(line) for line in lines} == {len(heads)}
    page = sign_in(filled.staff).get(path_of(name)).content.decode()
    assert "format=csv" in page


def test_meetings(filled, sign_in):
    meetings.cancel_meeting(meeting=filled.meeting, reason="Storm", language="en", by=filled.co_chair)
    meetings.pass_over_quarter(
        group=filled.group, year=2031, quarter=1, reason="Quiet", language="en", by=filled.co_chair
    )
    other = MeetingFactory(group=filled.other_group, starts_at=timezone.now() + timedelta(days=3))
    _heads, *lines = rows_of(sign_in(None).get(path_of("meetings:list"), {"format": "csv"}))

    assert [line[0] for line in lines] == ["NUR-2031-Q1", filled.meeting.identifier, filled.held.identifier]
    assert [line[3] for line in lines] == [
        "Not needed this quarter",
        "Cancelled",
        "Held",
    ]
    assert lines[0][1:3] == ["", ""]
    assert lines[1][6] == "Storm"
    assert other.identifier not in str(lines)


def test_proposals_are_defused_and_one_s_own_for_others(filled, sign_in):
    _heads, line = rows_of(sign_in(filled.co_chair).get(path_of("meetings:proposal-list"), {"format": "csv"}))
    assert line[:2] == ["'=1+1", "Rosa Roster"]
    assert sign_in(filled.member).get(path_of("meetings:proposal-list"), {"format": "csv"}).status_code == 403
    assert len(rows_of(sign_in(filled.roster).get(path_of("meetings:action-mine"), {"format": "csv"}))) == 2


def test_closed_lately_means_the_last_ninety_days(filled, sign_in):
    for days, text in ((80, "Closed lately one"), (100, "Closed long ago")):
        ActionItemFactory(
            meeting=filled.held, follower=filled.roster, text=text, state="done",
            closed_at=timezone.now() - timedelta(days=days),
        )  # fmt: skip
    html = sign_in(filled.roster).get(path_of("meetings:action-mine")).content.decode()

    assert "Closed lately one" in html
    assert "Closed long ago" not in html
