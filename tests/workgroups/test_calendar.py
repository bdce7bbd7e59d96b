"""What calendars get, read back by two libraries."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories.workgroups import GroupFactory, MeetingFactory, make_term
from tests.workgroups.calendars import read
from workgroups.meetings import calendar
from workgroups.meetings.actions import invitations
from workgroups.meetings.actions import meetings as actions
from workgroups.meetings.models import Meeting
from workgroups.meetings.times import whole_day

ZONES = [ZoneInfo("America/Halifax"), ZoneInfo("America/Vancouver")]


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_create_move_over_the_change_of_clocks_cancel(db, zone, language, deliver):
    """In letters and in the feed: one UID; one o'clock on the group's wall before and after; the sequence grows."""
    with time_machine.travel(datetime(2026, 9, 1, 12, tzinfo=UTC), tick=False):
        group = GroupFactory(time_zone=str(zone))
        chair = make_term(group, "Cora Chair", "co_chair").person
        chair.language = language
        chair.save()
        summer, winter = (datetime(2026, month, 12, 13, tzinfo=zone) for month in (10, 11))
        assert summer.utcoffset() - winter.utcoffset() == timedelta(hours=1)
        meeting = actions.schedule_meeting(
            group=group, starts_at=summer, ends_at=summer + timedelta(hours=2), mode="online", place="", join_link="",
            by=chair,
        )  # fmt: skip
        invitations.invite_roster(meeting=meeting, by=chair)
        seen = [(letter_of(deliver()), feed_of(group))]
        meeting = actions.move_meeting(
            meeting=meeting, starts_at=winter, ends_at=winter + timedelta(hours=2), reason="Later", language="en", by=chair
        )  # fmt: skip
        seen.append((letter_of(deliver()), feed_of(group)))
        actions.cancel_meeting(meeting=meeting, reason="Off", language="en", by=chair)
        seen.append((letter_of(deliver()), feed_of(group)))

    letters, feeds = zip(*seen, strict=True)
    assert [each.method for each in letters] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [each.method for each in feeds] == ["PUBLISH"] * 3
    for entries in ([each.entry for each in letters], [each.entry for each in feeds]):
        assert [entry.uid for entry in entries] == [str(meeting.uid)] * 3
        assert [entry.sequence for entry in entries] == [0, 1, 2]
        assert [entry.status for entry in entries] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
        for moments, hour in (("starts", 13), ("ends", 15)):
            times = [getattr(entry, moments) for entry in entries]
            assert [each.astimezone(zone) for each in times] == [
                datetime(2026, month, 12, hour, tzinfo=zone) for month in (10, 11, 11)
            ]
            assert [each.utcoffset() for each in times] == [timedelta(0)] * 3


def letter_of(letters):
    """The calendar in the one letter that was sent."""
    [letter] = letters
    [part] = [part for part in letter.alternatives if part.mimetype.startswith("text/calendar")]
    found = read(part.content)
    assert part.mimetype == f"text/calendar; method={found.method}"
    return found


def feed_of(group):
    return read(Client().get(reverse("meetings:group-calendar", args=[group.slug])).content.decode())


def test_no_names_but_the_address_it_goes_to(table, settings):
    text = calendar.letter_part(table.meeting, method="REQUEST", address="rosa@example.org")

    entry = read(text).entry
    assert entry.attendees == (("mailto:rosa@example.org", False),)
    assert entry.organizer == f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    assert "Rosa Roster" not in text
    assert "https://join.example/room" in entry.description


def test_hostile_place_stays_one_line(table):
    Meeting.objects.filter(pk=table.meeting.pk).update(
        place='Room; 1, "A"\r\nATTENDEE:mailto:x@example.org\\n'
    )
    table.meeting.refresh_from_db()

    entry = read(calendar.letter_part(table.meeting, method="REQUEST", address="a@example.org")).entry

    assert entry.attendees == (("mailto:a@example.org", False),)
    assert entry.place.startswith('Room; 1, "A"\n')


def test_a_meeting_without_known_hours_has_its_day_alone(table, client):
    """Midnight in Vancouver is another hour elsewhere, and in winter another one than in summer."""
    zone = ZoneInfo("America/Vancouver")
    day = datetime.now(tz=zone).date() - timedelta(days=30)
    begin, end = whole_day(day, zone)
    MeetingFactory(group=table.other_group, starts_at=begin, ends_at=end, time_zone=str(zone))

    entry = read(client.get(reverse("meetings:group-calendar", args=["law"])).content.decode()).entry

    assert (entry.starts, entry.ends) == (day, day + timedelta(days=1))


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
    entries = read(text).entries
    assert [entry.uid for entry in entries] == [str(table.held.uid), str(table.meeting.uid)]
    assert {entry.summary.replace("\xa0", " ") for entry in entries} == {summary}
    assert "join.example" not in text.replace("\r\n ", "")


def own_address(sign_in, person) -> str:
    page = sign_in(person).get(reverse("meetings:list", args=["nursing"])).content.decode()
    return re.search(r'href="https?://[^/"]+(/en/work-groups/my-calendar/[^"]+)"', page)[1]


def test_own_feed_has_the_way_in_and_needs_no_session(table, sign_in, client):
    other = MeetingFactory(group=table.other_group)

    response = client.get(own_address(sign_in, table.roster))

    text = response.content.decode().replace("\r\n ", "")
    uids = {entry.uid for entry in read(response.content.decode()).entries}
    assert uids == {str(table.held.uid), str(table.meeting.uid)}
    assert str(other.uid) not in uids
    assert "https://join.example/room" in text
    assert response["Cache-Control"] == "no-store"


def test_own_feed_has_no_way_into_a_meeting_that_is_cancelled(table, sign_in, client):
    address = own_address(sign_in, table.roster)
    actions.cancel_meeting(meeting=table.meeting, reason="Off", language="en", by=table.co_chair)

    entries = read(client.get(address).content.decode()).entries

    assert [(entry.status, "join.example" in entry.description) for entry in entries] == [
        ("CONFIRMED", False),
        ("CANCELLED", False),
    ]


def test_own_feed_outlives_a_new_secret_key_as_long_as_the_former_is_known(table, sign_in, client, settings):
    address = own_address(sign_in, table.roster)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert client.get(address).status_code == 404

    settings.SECRET_KEY_FALLBACKS = [former]

    assert client.get(address).status_code == 200
    table.roster.user.set_password("another-quilt-harbour-12")
    table.roster.user.save()
    assert client.get(address).status_code == 404


def test_own_feed_ends_with_the_term_and_with_the_password(table, sign_in, client):
    address = own_address(sign_in, table.roster)
    table.roster.terms.update(until="2021-01-01")
    response = client.get(address)
    assert read(response.content.decode()).entries == []

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
