"""The pages of meetings: who sees what, in both languages, and what is said to bad input."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from iqn.identifiers import resolve
from tests.factories.workgroups import AgendaItemFactory, GroupFactory, MeetingFactory, make_term
from tests.workgroups.meeting_forms import schedule_data, time_data
from workgroups.meetings.models import Meeting, MeetingDate

HALIFAX = ZoneInfo("America/Halifax")
TOO_LONG = "The meeting would end before it begins. One that ends on the next day lasts 12 hours at most."
NO_SUCH_TIME = "There is no such time on that day: the clocks are put forward. Choose another."


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.identifier])


def group_url(name: str, group) -> str:
    return reverse(f"meetings:{name}", args=[group.slug])


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def errors_of(response) -> dict:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- The list


def test_list_shows_what_comes_and_what_was(table, client):
    meeting = MeetingFactory(
        group=table.group, state="not_needed", starts_at=None, ends_at=None, year=2020, quarter=3,
        state_reason="Nothing to decide",
    )  # fmt: skip

    response = client.get(group_url("list", table.group))

    assert [row.meeting for row in response.context["coming"]] == [table.meeting]
    assert [row.meeting for row in response.context["earlier"]] == [table.held, meeting]
    assert "Nothing to decide" in text_of(response)
    assert "Schedule the next meeting" not in text_of(response)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_queries_of_list_and_page_do_not_grow(table, sign_in, language):
    translation.activate(language)
    client = sign_in(table.co_chair)
    counts = []
    for _round in range(2):
        pages = []
        for address in (group_url("list", table.group), url("detail", table.meeting)):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            pages.append(len(queries))
        counts.append(pages)
        for _more in range(2):
            for days in (100, -200):
                MeetingFactory(
                    group=table.group,
                    starts_at=timezone.now() + timedelta(days=days),
                    sequence=2 + _round * 2 + _more,
                )
            AgendaItemFactory(meeting=table.meeting, carried_from=table.item)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 16


def test_french_pages(table, sign_in):
    translation.activate("fr")
    client = sign_in(table.co_chair)

    page = text_of(client.get(group_url("list", table.group)))
    assert "<h1>Réunions</h1>" in page
    assert "heure de l’Atlantique" in page
    page = text_of(client.get(url("detail", table.meeting)))
    assert f"<h1>Réunion {table.meeting.identifier}</h1>" in page


# --- One meeting


@pytest.mark.parametrize(
    ("who", "sees_link", "sees_agenda", "prepares"),
    [
        (None, False, False, False),
        ("member", False, True, False),
        ("roster", True, True, False),
        ("alternate", True, True, False),
        ("secretary", True, True, True),
        ("co_chair", True, True, True),
        ("other_co_chair", False, True, False),
        ("former_co_chair", False, True, False),
        ("staff", True, True, True),
    ],
)
def test_who_sees_what(table, sign_in, who, sees_link, sees_agenda, prepares):
    AgendaItemFactory(meeting=table.meeting, title="Canary item")

    page = text_of(sign_in(table.people.get(who)).get(url("detail", table.meeting)))

    assert ("https://join.example/room" in page) == sees_link
    assert ("Canary item" in page) == sees_agenda
    assert ("Move to another date" in page) == prepares
    assert "(Atlantic time)" in page


@pytest.mark.parametrize(
    "identifier", ["NUR-2026-Q5", "NUR-2026-Q1-1", "NUR-2026-Q1-02", "nur-2026-Q1", "NUR-26-Q1"]
)
def test_one_spelling_only(table, client, identifier):
    assert client.get(f"/en/work-groups/nursing/meetings/{identifier}/").status_code == 404


def test_a_meeting_stands_below_its_own_group_only(table, client):
    address = reverse("meetings:detail", args=["law", table.meeting.identifier])

    assert client.get(address).status_code == 404
    assert client.get(url("detail", table.meeting)).status_code == 200


def test_second_of_a_quarter_has_a_number(table, client):
    second = MeetingFactory(group=table.group, starts_at=table.meeting.starts_at, sequence=2)

    assert second.identifier == f"{table.meeting.identifier}-2"
    assert client.get(url("detail", second)).context["meeting"] == second
    assert resolve(second.identifier, None).url == second.get_absolute_url()
    assert resolve("ZZZ-2026-Q1", None) is None


# --- Scheduling


def test_scheduling_is_prefilled_from_the_last(db, sign_in):
    """13:30 by the clock in Halifax stays 13:30, although the clocks change in between."""
    with time_machine.travel(datetime(2026, 9, 20, 12, tzinfo=HALIFAX), tick=False):
        group = GroupFactory()
        chair = make_term(group, "Cora Chair", "co_chair").person
        start = datetime(2026, 9, 17, 13, 30, tzinfo=HALIFAX)
        MeetingFactory(
            group=group, starts_at=start, ends_at=start + timedelta(hours=2), mode="hybrid", place="Room 2",
            join_link="https://join.example/a",
        )  # fmt: skip

        response = sign_in(chair).get(group_url("schedule", group))

        initial = {name: str(value) for name, value in response.context["form"].initial.items()}
        assert initial == {
            "day": "2026-12-17", "begins": "13:30:00", "ends": "15:30:00", "mode": "hybrid", "place": "Room 2",
            "join_link": "https://join.example/a",
        }  # fmt: skip
        sign_in(chair).post(group_url("schedule", group), initial)
        meeting = Meeting.objects.get(group=group, year=2026, quarter=4)
        assert meeting.starts_at == datetime(2026, 12, 17, 13, 30, tzinfo=HALIFAX)
        assert (meeting.starts_at - start) == timedelta(days=91, hours=1)


@pytest.mark.parametrize(
    ("day", "ends", "last_day", "hours"),
    [
        ("2026-12-10", "01:00", "2026-12-11", 1.5),
        ("2027-03-13", "03:30", "2027-03-14", 3),  # clocks are put forward in that night
        ("2026-10-31", "03:30", "2026-11-01", 5),  # and back in this one
        ("2026-12-10", "11:30", "2026-12-11", 12),
    ],
)
def test_an_earlier_hour_at_the_end_is_one_of_the_next_day(db, sign_in, day, ends, last_day, hours):
    with time_machine.travel(datetime(2026, 9, 20, 12, tzinfo=HALIFAX), tick=False):
        group = GroupFactory()
        chair = make_term(group, "Cora Chair", "co_chair").person

        response = sign_in(chair).post(
            group_url("schedule", group), schedule_data(day=day, begins="23:30", ends=ends)
        )

        meeting = Meeting.objects.get(group=group)
        assert response["Location"] == meeting.get_absolute_url()
        assert meeting.local_start.isoformat()[:16] == f"{day}T23:30"
        assert timezone.localtime(meeting.ends_at, HALIFAX).isoformat()[:16] == f"{last_day}T{ends}"
        assert meeting.duration == timedelta(hours=hours)


def test_a_form_filled_from_a_meeting_that_crossed_midnight_can_be_sent(db, sign_in):
    with time_machine.travel(datetime(2026, 9, 20, 12, tzinfo=HALIFAX), tick=False):
        group = GroupFactory()
        chair = make_term(group, "Cora Chair", "co_chair").person
        start = datetime(2026, 9, 17, 23, 30, tzinfo=HALIFAX)
        MeetingFactory(group=group, starts_at=start, ends_at=start + timedelta(hours=1, minutes=30))
        client = sign_in(chair)

        prefilled = client.get(group_url("schedule", group)).context["form"].initial
        client.post(group_url("schedule", group), {name: str(value) for name, value in prefilled.items()})
        scheduled = Meeting.objects.get(group=group, year=2026, quarter=4)
        moved = client.get(url("move", scheduled)).context["form"].initial
        client.post(
            url("move", scheduled),
            {**{name: str(value) for name, value in moved.items()}, "day": "2026-12-18", "reason": "A storm"},
        )

        scheduled.refresh_from_db()
        assert scheduled.starts_at == datetime(2026, 12, 18, 23, 30, tzinfo=HALIFAX)
        assert scheduled.ends_at == datetime(2026, 12, 19, 1, 0, tzinfo=HALIFAX)


def test_the_first_meeting_has_nothing_to_be_filled_from(db, sign_in):
    group = GroupFactory()
    chair = make_term(group, "Cora Chair", "co_chair").person

    response = sign_in(chair).get(group_url("schedule", group))

    assert response.context["form"].initial == {"mode": "online"}
    assert "Nothing is open from earlier meetings." in text_of(response)


def test_scheduling_and_inviting_at_once(table, sign_in, deliver):
    response = sign_in(table.co_chair).post(
        group_url("schedule", table.group), schedule_data(days=120, invite_now="on")
    )

    meeting = Meeting.objects.latest("pk")
    assert response["Location"] == meeting.get_absolute_url()
    assert meeting.items.filter(carried_from=table.item).count() == 1
    assert meeting.items.filter(about_action=table.action).count() == 1
    assert len(deliver()) == len(meeting.told["invited"]) > 3


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"day": "2020-03-12"}, {"day": ["The meeting would lie in the past."]}),
        ({"ends": "12:59"}, {"ends": [TOO_LONG]}),
        ({"ends": "13:00"}, {"ends": [TOO_LONG]}),
        ({"ends": "01:01"}, {"ends": [TOO_LONG]}),
        ({"day": "9999-12-31", "begins": "23:00", "ends": "01:00"}, {"begins": [NO_SUCH_TIME]}),
        ({"day": ""}, {"day": ["Enter the day."]}),
        ({"day": "soon"}, {"day": ["Enter the day as year-month-day."]}),
        ({"begins": "25:00"}, {"begins": ["Enter the time like 13:30."]}),
        ({"mode": "hybrid"}, {"place": ["Say where people meet."]}),
        (
            {"day": "2027-03-14", "begins": "02:30", "ends": "04:00"},
            {"begins": [NO_SUCH_TIME]},
        ),
        (
            {"day": "2027-03-13", "begins": "23:30", "ends": "02:30"},
            {"ends": [NO_SUCH_TIME]},
        ),
    ],
)
def test_bad_times_have_a_sentence(table, sign_in, data, errors):
    before = Meeting.objects.count()

    response = sign_in(table.co_chair).post(group_url("schedule", table.group), {**schedule_data(), **data})

    assert response.status_code == 200
    assert errors_of(response) == errors
    assert Meeting.objects.count() == before


def test_hostile_words_are_shown_as_words(table, sign_in):
    hostile = '<script>alert("x")</script>'

    sign_in(table.co_chair).post(url("move", table.meeting), time_data(reason=hostile, language="en"))

    page = text_of(sign_in(table.roster).get(url("detail", table.meeting)))
    assert hostile not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in page


# --- Changing


def test_moving_keeps_the_earlier_date_in_sight(table, sign_in):
    client = sign_in(table.co_chair)
    before = table.meeting.starts_at

    client.post(url("move", table.meeting), time_data(reason="A storm.", language="en"))

    [earlier] = MeetingDate.objects.filter(meeting=table.meeting)
    assert (earlier.starts_at, earlier.reason, earlier.changed_by) == (before, "A storm.", table.co_chair)
    page = text_of(client.get(url("detail", table.meeting)))
    assert f'<s><time datetime="{timezone.localtime(before).isoformat(timespec="minutes")}">' in page
    assert "A storm." in page


def test_cancelling_needs_a_reason(table, sign_in):
    client = sign_in(table.co_chair)

    refused = client.post(url("cancel", table.meeting), {"reason": " ", "language": "en"})
    assert errors_of(refused) == {"reason": ["Give the reason."]}
    client.post(url("cancel", table.meeting), {"reason": "No quorum", "language": "en"})

    table.meeting.refresh_from_db()
    assert (table.meeting.state, table.meeting.state_reason) == ("cancelled", "No quorum")
    page = text_of(client.get(url("detail", table.meeting)))
    assert "<s><time" in page
    assert "No quorum" in page
    again = client.post(url("cancel", table.meeting), {"reason": "Twice", "language": "en"})
    assert errors_of(again) == {"__all__": ["This is not possible now."]}


def test_a_quarter_without_need(table, sign_in):
    client = sign_in(table.co_chair)
    free = client.get(group_url("not-needed", table.group)).context["form"].fields["quarter"].choices

    client.post(
        group_url("not-needed", table.group), {"quarter": free[-1][0], "reason": "Quiet", "language": "fr"}
    )

    meeting = Meeting.objects.latest("pk")
    assert (f"{meeting.year}-{meeting.quarter}", meeting.state) == (free[-1][0], "not_needed")
    assert 'lang="fr">Quiet<' in text_of(client.get(url("detail", meeting)))
    left = client.get(group_url("not-needed", table.group)).context["form"].fields["quarter"].choices
    assert left == free[:-1]
    taken = client.post(
        group_url("not-needed", table.group), {"quarter": free[-1][0], "reason": "Quiet", "language": "fr"}
    )
    assert list(errors_of(taken)) == ["quarter"]


def test_editing_the_place(table, sign_in):
    client = sign_in(table.secretary)
    data = {"mode": "in_person", "place": "Town hall", "join_link": "", "version": 1}

    assert client.post(url("edit", table.meeting), data).status_code == 302
    late = client.post(url("edit", table.meeting), {**data, "place": "Library"})

    table.meeting.refresh_from_db()
    assert (table.meeting.place, table.meeting.version) == ("Town hall", 2)
    assert len(errors_of(late)["__all__"]) == 1


@pytest.mark.parametrize(
    "path", ["/en/work-groups/nursing/", "/en/work-groups/nursing/meetings/", "/en/work-groups/decisions/"]
)
def test_the_menu_says_that_one_is_among_the_work_groups(table, sign_in, path):
    menu = sign_in(table.roster).get(path).context["menu"]

    assert [str(item.label) for item in menu if item.is_current] == ["Work groups"]
