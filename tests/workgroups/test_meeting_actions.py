"""What the actions refuse, whoever calls them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from iqn.history.models import Event
from tests.factories.workgroups import GroupFactory, make_term
from workgroups.meetings.actions import invitations, meetings
from workgroups.meetings.errors import EndsBeforeItBegins, InThePast, NotPossibleNow, QuarterIsTaken
from workgroups.meetings.models import Meeting, MeetingDate
from workgroups.meetings.notifications.invitations import tell_changes, untold


def move(table, **values):
    start = timezone.now() + timedelta(days=50)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1), **values}
    return meetings.move_meeting(meeting=table.meeting, reason="R", language="en", by=table.co_chair, **times)


def test_times_that_cannot_be(table):
    past = timezone.now() - timedelta(days=1)

    with pytest.raises(InThePast):
        move(table, starts_at=past, ends_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(EndsBeforeItBegins):
        move(table, ends_at=past)
    assert MeetingDate.objects.count() == 0


def test_the_same_date_is_no_new_date(table):
    before = Event.objects.count()

    move(table, starts_at=table.meeting.starts_at, ends_at=table.meeting.ends_at)

    assert (MeetingDate.objects.count(), Event.objects.count()) == (0, before)


def test_the_same_place_is_no_change(table):
    meeting = meetings.edit_meeting(
        meeting=table.meeting, version=1, mode="online", place="", join_link="https://join.example/room",
        by=table.co_chair,
    )  # fmt: skip

    assert (meeting.version, meeting.calendar_sequence) == (1, 0)


def test_what_was_held_is_not_moved(table):
    with pytest.raises(NotPossibleNow):
        meetings.cancel_meeting(meeting=table.held, reason="R", language="en", by=table.co_chair)
    assert Meeting.objects.get(pk=table.held.pk).state == "planned"


@pytest.mark.parametrize(
    ("zone", "quarter"), [("America/Vancouver", 1), ("America/Halifax", 1), ("Etc/UTC", 2)]
)
def test_the_quarter_is_that_of_the_day_where_the_group_meets(db, zone, quarter):
    """An evening in March on the coasts is a night in April elsewhere."""
    group = GroupFactory(code="FAR", time_zone=zone)
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        start = datetime(2027, 4, 1, 1, tzinfo=UTC)
        meeting = meetings.schedule_meeting(
            group=group, starts_at=start, ends_at=start + timedelta(hours=1), mode="online", place="", join_link="",
            by=make_term(group, "Cora Chair", "co_chair").person,
        )  # fmt: skip

    assert meeting.identifier == f"FAR-2027-Q{quarter}"


def test_what_is_approved_takes_place_where_it_did(table):
    def edit():
        return meetings.edit_meeting(
            meeting=table.held, version=table.held.version, mode="in_person", place="Room 9", join_link="", by=table.co_chair
        )  # fmt: skip

    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="approved")
    with pytest.raises(NotPossibleNow):
        edit()
    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="circulated")
    assert edit().place == "Room 9"


def test_the_identifier_outlives_a_move(table):
    identifier = table.meeting.identifier
    start = table.meeting.starts_at + timedelta(days=200)

    moved = move(table, starts_at=start, ends_at=start + timedelta(hours=1))

    assert moved.identifier == identifier


def test_a_quarter_with_a_meeting_is_not_passed_over(table):
    year, quarter = table.meeting.year, table.meeting.quarter
    with pytest.raises(QuarterIsTaken):
        meetings.pass_over_quarter(
            group=table.group, year=year, quarter=quarter, reason="R", language="en", by=table.co_chair
        )
    meetings.cancel_meeting(meeting=table.meeting, reason="R", language="en", by=table.co_chair)
    passed = meetings.pass_over_quarter(
        group=table.group, year=year, quarter=quarter, reason="R", language="en", by=table.co_chair
    )
    assert passed.identifier == f"{table.meeting.identifier}-2"


def test_nothing_is_untold_before_the_invitation(table):
    assert untold(table.meeting) == []
    assert tell_changes(table.meeting) == 0
    assert invitations.invite_roster(meeting=table.meeting, by=table.co_chair) == 5
    table.meeting.refresh_from_db()
    assert untold(table.meeting) == []
