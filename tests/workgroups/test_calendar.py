"""What calendars get, read back by the library."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from tests.factories.workgroups import GroupFactory, MeetingFactory, make_term
from workgroups.meetings import calendar
from workgroups.meetings.actions import meetings as actions
from workgroups.meetings.models import Meeting

ZONES = [ZoneInfo("America/Halifax"), ZoneInfo("America/Vancouver")]


def entry_in(text: str):
    [entry] = Calendar.from_ical(text).walk("VEVENT")
    return entry


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_create_move_over_the_change_of_clocks_cancel(db, zone):
    """One UID; one o'clock on the group's wall before and after; the sequence grows."""
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        group = GroupFactory(time_zone=str(zone))
        chair = make_term(group, "Cora Chair", "co_chair").person
        summer, winter = (datetime(2026, month, 12, 13, tzinfo=zone) for month in (10, 11))
        meeting = actions.schedule_meeting(
            group=group, starts_at=summer, ends_at=summer + timedelta(hours=2), mode="online", place="", join_link="",
            by=chair,
        )  # fmt: skip
        seen = [entry_in(calendar.letter_part(meeting, method="REQUEST", address="a@example.org"))]
        meeting = actions.move_meeting(
            meeting=meeting, starts_at=winter, ends_at=winter + timedelta(hours=2), reason="Later", language="en", by=chair
        )  # fmt: skip
        seen.append(entry_in(calendar.letter_part(meeting, method="REQUEST", address="a@example.org")))
        meeting = actions.cancel_meeting(meeting=meeting, reason="Off", language="en", by=chair)
        text = calendar.letter_part(meeting, method="CANCEL", address="a@example.org")
        seen.append(entry_in(text))

    assert [str(entry["uid"]) for entry in seen] == [str(meeting.uid)] * 3
    assert [entry["sequence"] for entry in seen] == [0, 1, 2]
    assert [entry["status"] for entry in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    starts = [entry["dtstart"].dt for entry in seen]
    assert [start.astimezone(zone).strftime("%m-%d %H:%M") for start in starts] == [
        "10-12 13:00", "11-12 13:00", "11-12 13:00",
    ]  # fmt: skip
    assert [start.utcoffset() for start in starts] == [timedelta(0)] * 3
    assert Calendar.from_ical(text)["method"] == "CANCEL"
    assert re.search(r"^DTSTART:20261112T\d{6}Z\r$", text, re.M)


def test_no_names_but_the_address_it_goes_to(table):
    text = calendar.letter_part(table.meeting, method="REQUEST", address="rosa@example.org")

    entry = entry_in(text)
    assert str(entry["attendee"]) == "mailto:rosa@example.org"
    assert dict(entry["attendee"].params) == {"RSVP": "FALSE"}
    assert "Rosa Roster" not in text
    assert "https://join.example/room" in str(entry["description"])


def test_hostile_place_stays_one_line(table):
    Meeting.objects.filter(pk=table.meeting.pk).update(
        place='Room; 1, "A"\r\nATTENDEE:mailto:x@example.org\\n'
    )
    table.meeting.refresh_from_db()

    entry = entry_in(calendar.letter_part(table.meeting, method="REQUEST", address="a@example.org"))

    assert str(entry["attendee"]) == "mailto:a@example.org"
    assert str(entry["location"]).startswith('Room; 1, "A"\n')


@pytest.mark.parametrize(
    ("language", "summary"),
    [("en", "Nursing: quarterly meeting"), ("fr", "Soins infirmiers : réunion trimestrielle")],
)
def test_feed_of_a_group_holds_public_facts_only(table, client, language, summary):
    MeetingFactory(group=table.other_group)
    MeetingFactory(
        group=table.group,
        state="not_needed",
        starts_at=None,
        ends_at=None,
        year=2020,
        quarter=1,
        state_reason="-",
    )
    translation.activate(language)

    response = client.get(reverse("meetings:group-calendar", args=["nursing"]))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    entries = Calendar.from_ical(text).walk("VEVENT")
    assert [str(entry["uid"]) for entry in entries] == [str(table.held.uid), str(table.meeting.uid)]
    assert {str(entry["summary"]).replace("\xa0", " ") for entry in entries} == {summary}
    assert "join.example" not in text.replace("\r\n ", "")


def own_address(sign_in, person) -> str:
    page = sign_in(person).get(reverse("meetings:list", args=["nursing"])).content.decode()
    return re.search(r'href="https?://[^/"]+(/en/work-groups/my-calendar/[^"]+)"', page)[1]


def test_own_feed_has_the_way_in_and_needs_no_session(table, sign_in, client):
    other = MeetingFactory(group=table.other_group)

    response = client.get(own_address(sign_in, table.roster))

    text = response.content.decode().replace("\r\n ", "")
    uids = {str(entry["uid"]) for entry in Calendar.from_ical(response.content.decode()).walk("VEVENT")}
    assert uids == {str(table.held.uid), str(table.meeting.uid)}
    assert str(other.uid) not in uids
    assert "https://join.example/room" in text
    assert response["Cache-Control"] == "no-store"


def test_own_feed_ends_with_the_term_and_with_the_password(table, sign_in, client):
    address = own_address(sign_in, table.roster)
    table.roster.terms.update(until="2021-01-01")
    response = client.get(address)
    assert Calendar.from_ical(response.content.decode()).walk("VEVENT") == []

    table.roster.user.set_password("another-quilt-harbour-12")
    table.roster.user.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "spoil", [lambda path: path.replace(".ics", "x.ics"), lambda path: "/en/work-groups/my-calendar/x.ics"]
)
def test_altered_address_of_a_feed(table, sign_in, client, spoil):
    assert client.get(spoil(own_address(sign_in, table.roster))).status_code == 404


def test_queries_of_the_feed_do_not_grow(table, client, django_assert_num_queries):
    address = reverse("meetings:group-calendar", args=["nursing"])
    with django_assert_num_queries(2):
        client.get(address)
    for number in range(2):
        MeetingFactory(group=table.group, sequence=2 + number)
    with django_assert_num_queries(2):
        client.get(address)
