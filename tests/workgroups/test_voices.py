"""Balance of voices: who was in the room at each decision, who was missing, and whether that was enough."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.reference import StakeholderTypeFactory
from tests.factories.workgroups import DecisionFactory, GroupFactory, MeetingFactory, TermsOfReferenceFactory
from workgroups.meetings.minutes import written_minutes
from workgroups.meetings.models import Attendance
from workgroups.meetings.rosters_of_day import day_of
from workgroups.meetings.voices import voices_of

pytestmark = pytest.mark.django_db
NAMES = ("Regulators", "Employers", "Educators")
PATH = "/en/work-groups/decisions/"


@pytest.fixture
def kinds():
    return {
        name: StakeholderTypeFactory(slug=name.lower(), name_en=name, name_fr=f"{name}-fr", order=order)
        for order, name in enumerate((*NAMES, "Unions"))
    }


def table_with(kinds, **quorum):
    """A meeting of last week of a group that expects three voices."""
    group = GroupFactory()
    terms = TermsOfReferenceFactory(group=group, **quorum)
    terms.expected_types.set(kinds[name] for name in NAMES)
    starts = timezone.now() - timedelta(days=7)
    return MeetingFactory(group=group, starts_at=starts, outcome_state="circulated")


def came(meeting, kind, role: str = "member", presence: str = "online"):
    return Attendance.objects.create(
        meeting=meeting, name="Somebody", role=role, presence=presence, stakeholder_type=kind
    )


@pytest.mark.parametrize(
    ("quorum", "needed", "room", "is_met"),
    [
        ("voices", 2, ["Regulators", "Regulators", "Regulators"], False),
        ("voices", 2, ["Regulators", "Employers"], True),
        ("voices", 2, ["Regulators", "Unions"], False),  # a voice that nobody expected
        ("heads", 3, ["Regulators", "Regulators", "Regulators"], True),
        ("heads", 3, ["Regulators", "Unions", "Unions"], True),
        ("heads", 3, ["Regulators", "Employers"], False),
        ("none", 0, [], True),
    ],
)
def test_quorum_by_voices_or_by_heads(kinds, quorum, needed, room, is_met):
    meeting = table_with(kinds, quorum=quorum, quorum_count=needed)
    for name in room:
        came(meeting, kinds[name])

    found = voices_of(meeting.group, day_of(meeting), list(meeting.attendance.all()))

    assert (found.is_met, found.needed, found.heads) == (is_met, needed, len(room))


@pytest.mark.parametrize(
    ("role", "presence", "counts"),
    [
        ("co_chair", "in_person", True),
        ("alternate", "online", True),
        ("member", "absent", False),
        ("member", "says_present", False),
        ("observer", "online", False),
        ("secretary", "online", False),
        ("", "online", False),
    ],
)
def test_whose_presence_is_a_voice(kinds, role, presence, counts):
    meeting = table_with(kinds)
    came(meeting, kinds["Employers"], role, presence)

    found = voices_of(meeting.group, day_of(meeting), list(meeting.attendance.all()))

    assert [kind["en"] for kind in found.present] == (["Employers"] if counts else [])
    assert len(found.missing) == 3 - counts


def test_the_terms_of_reference_of_the_day_count(kinds):
    meeting = table_with(kinds)
    later = TermsOfReferenceFactory(group=meeting.group, number=2, adopted_on=timezone.localdate())
    later.expected_types.set([kinds["Unions"]])
    TermsOfReferenceFactory(group=meeting.group, number=3, adopted_on=None)

    nobody = [came(meeting, None, presence="absent")]
    then = voices_of(meeting.group, day_of(meeting), nobody)
    now = voices_of(meeting.group, timezone.localdate(), nobody)

    assert [kind["en"] for kind in then.missing] == list(NAMES)
    assert [kind["en"] for kind in now.missing] == ["Unions"]


def test_register_and_page_say_who_was_missing(kinds, client):
    meeting = table_with(kinds, quorum="voices", quorum_count=3)
    came(meeting, kinds["Regulators"])
    came(meeting, kinds["Unions"])
    decision = DecisionFactory(meeting=meeting)
    DecisionFactory(meeting=None, group=meeting.group, kind="written", decided_on=timezone.localdate())

    page = client.get(decision.get_absolute_url()).content.decode()
    for words in (
        "Regulators, Unions",
        "Employers, Educators",
        "Expected voices in the room: 1; needed: 3",
        "not reached",
    ):
        assert words in page, words

    for path in (PATH, reverse("meetings:decision-list", args=[meeting.group.slug])):
        register = client.get(path).content.decode()
        assert register.count("In the room: Regulators, Unions") == 1
        assert register.count("Missing: Employers, Educators") == 1
        assert register.count("Quorum not reached") == 1
    french = client.get("/fr/groupes-de-travail/decisions/").content.decode().replace("\xa0", " ")
    assert "Voix présentes : Regulators-fr, Unions-fr" in french
    assert "Voix absentes : Employers-fr, Educators-fr" in french


def test_spreadsheets_have_them_too(kinds, client):
    meeting = table_with(kinds, quorum="voices", quorum_count=1)
    came(meeting, kinds["Regulators"])
    DecisionFactory(meeting=meeting)
    DecisionFactory(meeting=None, group=meeting.group, kind="written", decided_on=timezone.localdate())
    other = table_with(kinds, quorum="heads", quorum_count=2)
    came(other, kinds["Unions"])
    DecisionFactory(meeting=other)
    DecisionFactory(
        meeting=table_with(kinds, quorum="heads", quorum_count=1)
    )  # nobody wrote down who was there

    rows = list(
        csv.DictReader(io.StringIO(client.get(PATH, {"format": "csv"}).getvalue().decode("utf-8-sig")))
    )

    columns = ("Voices in the room", "Expected, not in the room", "Quorum")
    assert sorted(tuple(row[name] for name in columns) for row in rows) == [
        ("", "", ""),
        ("", "", ""),
        ("Regulators", "Employers; Educators", "reached"),
        ("Unions", "Regulators; Employers; Educators", "not reached"),
    ]


def test_an_approved_record_keeps_its_voices(kinds, client):
    meeting = table_with(kinds)
    row = came(meeting, kinds["Regulators"])
    decision = DecisionFactory(meeting=meeting)
    meeting.frozen, meeting.outcome_state = written_minutes(meeting), "approved"
    meeting.approved_at = timezone.now()
    meeting.save()
    kinds["Employers"].name_en = "Renamed"
    kinds["Employers"].save()
    row.delete()

    for path in (PATH, decision.get_absolute_url()):
        html = client.get(path).content.decode()
        assert "Employers, Educators" in html
        assert "Renamed" not in html


def test_queries_do_not_grow(kinds, client, record_queries):
    counts = []
    for more in (1, 3):
        for _meeting in range(more):
            meeting = table_with(kinds, quorum="voices", quorum_count=1)
            came(meeting, kinds["Regulators"])
            DecisionFactory(meeting=meeting)
        counts.append([record_queries(lambda: client.get(PATH)), record_queries(_download(client))])

    assert counts[0] == counts[1]
    assert counts[0][0] <= 8


def test_queries_of_a_page_do_not_grow(kinds, client, record_queries):
    meeting = table_with(kinds)
    address = DecisionFactory(meeting=meeting).get_absolute_url()
    counts = []
    for names in (["Regulators"], ["Employers", "Unions"]):
        for name in names:
            came(meeting, kinds[name])
        counts.append(record_queries(lambda: client.get(address)))

    assert counts[0] == counts[1]


def _download(client):
    return lambda: client.get(PATH, {"format": "csv"}).getvalue()
