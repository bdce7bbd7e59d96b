"""The cadence board: what it says of a history seeded here, against a table written by hand."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from iqn.reference.loading import load_reference
from tests.factories.workgroups import (
    ActionItemFactory,
    GroupFactory,
    MeetingFactory,
    SeatFactory,
    TermFactory,
    make_term,
)
from tests.pages_check import problems_of
from workgroups.groups.models import Group
from workgroups.meetings.cadence import Quarter, board, last_quarters, quarters_of
from workgroups.meetings.models import ReportBack

pytestmark = pytest.mark.django_db
HALIFAX = ZoneInfo("America/Halifax")
TODAY = datetime(2026, 8, 20, 21, 30, tzinfo=HALIFAX)  # tomorrow already in UTC
PATH = "/en/work-groups/cadence/"


@pytest.fixture
def clock():
    with time_machine.travel(TODAY, tick=False) as moved:
        yield moved


def met(group, year: int, quarter: int, **extra):
    """In the middle of the quarter at two, circulated after so many days."""
    days = extra.pop("circulated", None)
    begins = datetime(year, quarter * 3 - 1, 12, 14, tzinfo=HALIFAX)
    ends = begins + timedelta(hours=2)
    if days is not None:
        extra |= {"outcome_state": "circulated", "circulated_at": ends + timedelta(days=days)}
    return MeetingFactory(group=group, year=year, quarter=quarter, starts_at=begins, ends_at=ends, **extra)


def passed_over(group, year: int, quarter: int, reason: str):
    return MeetingFactory(
        group=group, year=year, quarter=quarter, starts_at=None, ends_at=None, state="not_needed",
        state_reason=reason,
    )  # fmt: skip


def seeded_history() -> dict[str, Group]:
    """Two years of four groups, every cell of which stands in TABLE."""
    nursing = GroupFactory(code="NUR", slug="nursing", name_en="Nursing", order=1)
    law = GroupFactory(code="LAW", slug="law", name_en="Law", order=2, founded="2025-02")
    resting = GroupFactory(
        code="RES", slug="resting", name_en="Resting", order=3, status="dormant", status_since="2025-07-01"
    )
    over = GroupFactory(
        code="OLD", slug="over", name_en="Over", order=4, status="concluded", status_since="2019",
        closing_note_en="Done.", closing_note_fr="Fait.",
    )  # fmt: skip

    met(nursing, 2024, 4, circulated=3)
    met(nursing, 2025, 1, circulated=8)
    passed_over(nursing, 2025, 2, "Budget season")
    met(nursing, 2025, 3, state="cancelled", state_reason="Storm")
    met(nursing, 2025, 3, sequence=2, outcome_state="draft")
    met(nursing, 2025, 4)  # nobody wrote it up
    met(nursing, 2026, 2, state="cancelled", state_reason="Strike")
    MeetingFactory(
        group=nursing, year=2026, quarter=3, starts_at=TODAY - timedelta(days=9), ends_at=TODAY - timedelta(days=8)
    )  # fmt: skip

    met(law, 2025, 3, circulated=10)
    # Moved out of its quarter, it keeps its number
    MeetingFactory(group=law, year=2026, quarter=2, starts_at=TODAY + timedelta(days=9))

    met(resting, 2025, 1, circulated=1)
    met(over, 2018, 1, circulated=1)
    return {"nursing": nursing, "law": law, "resting": resting}


QUARTERS = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
NONE = "Late: no meeting and no reason"
TABLE = {
    "Nursing": [
        "Held", "Held", "Not needed: Budget season", "Held", "Late: outcomes not recorded", NONE,
        "Cancelled: Strike", "Held: outcomes to come",
    ],
    "Law": ["None expected", "None expected", "None expected", "Held", NONE, NONE, "Scheduled", "Nothing yet"],
    "Resting": ["None expected", "Held", NONE, *["None expected"] * 5],
}  # fmt: skip


def words_of(shown) -> dict[str, list[str]]:
    return {line.group.name: [cell.words for cell in line.cells] for line in shown.lines}


def test_the_board_equals_the_table_written_by_hand(cast, clock):
    seeded_history()

    shown = board(last_quarters(date(2026, 8, 20)), cast.member.user)

    assert [str(quarter) for quarter in shown.quarters] == QUARTERS
    assert words_of(shown) == TABLE


def test_on_the_page_nothing_but_lateness_is_red(cast, clock, sign_in):
    seeded_history()

    rows = sign_in(cast.member).get(PATH).context["rows"]

    tags = {shown.cell.words: shown.tag for _line, cells in rows for shown in cells}
    assert {words for words, tag in tags.items() if tag == "tag tag--bad"} == {
        NONE,
        "Late: outcomes not recorded",
    }
    assert tags["Not needed: Budget season"] == "tag"
    assert tags["Cancelled: Strike"] == "tag tag--warn"
    assert len(tags) == 9


def test_what_is_to_come_lies_ahead(cast, clock):
    groups = seeded_history()
    met(groups["nursing"], 2026, 4)

    shown = board(quarters_of(2026, 2026), cast.member.user)

    assert words_of(shown)["Nursing"][2:] == ["Held: outcomes to come", "Scheduled"]
    assert words_of(shown)["Law"] == [NONE, "Scheduled", "Nothing yet", "Nothing yet"]


def test_a_group_that_forms_is_not_late_before(cast, clock):
    young = GroupFactory(name_en="Young", status="forming", status_since="2026-02-15")
    met(young, 2026, 1)

    shown = board(last_quarters(date(2026, 8, 20)), cast.member.user)

    assert words_of(shown)["Young"] == [
        *["None expected"] * 5, "Late: outcomes not recorded", NONE, "Nothing yet",
    ]  # fmt: skip


def test_a_group_of_which_no_meeting_is_known_is_not_called_late(cast, clock):
    """It may have met for years: the portal has not heard of it."""
    GroupFactory(name_en="Quiet", founded="2025-02")

    shown = board(last_quarters(date(2026, 8, 20)), cast.member.user)

    assert words_of(shown)["Quiet"] == ["None expected", "None expected", *["Not known"] * 5, "Nothing yet"]


def test_the_council_stands_after_the_work_groups(cast, clock):
    for name, kind in (("Council", "council"), ("Nursing", "work_group")):
        GroupFactory(name_en=name, kind=kind)

    assert list(words_of(board(last_quarters(date(2026, 8, 20)), cast.member.user))) == ["Nursing", "Council"]


def test_a_concluded_group_stands_where_it_met(cast, clock):
    seeded_history()

    shown = board(quarters_of(2018, 2018), cast.member.user)

    assert words_of(shown)["Over"] == ["Held", NONE, NONE, NONE]
    assert "Over" not in words_of(board(quarters_of(2017, 2017), cast.member.user))


@pytest.mark.parametrize(
    ("days", "words"), [(9, "Held: outcomes to come"), (10, "Late: outcomes not recorded")]
)
def test_ten_days_to_write_it_up(cast, clock, days, words):
    group = GroupFactory(name_en="Slow")
    ends = TODAY - timedelta(days=days)
    MeetingFactory(group=group, starts_at=ends - timedelta(hours=2), ends_at=ends, year=2026, quarter=3)

    assert words_of(board([Quarter(2026, 3)], cast.member.user)) == {"Slow": [words]}


# --- Figures


def action(meeting, due: str, closed: str = "", state: str = "done"):
    at = datetime.fromisoformat(f"{closed}T23:30").replace(tzinfo=HALIFAX) if closed else None
    ActionItemFactory(
        meeting=meeting, due=date.fromisoformat(due), state=state if closed else "open", closed_at=at
    )


def test_figures_equal_those_counted_by_hand(cast, clock):
    groups = seeded_history()
    nursing = groups["nursing"]
    meeting = nursing.meetings.get(year=2025, quarter=1)
    action(meeting, "2025-03-01", "2025-03-01")  # on time, late in the evening
    action(meeting, "2025-03-01", "2025-03-02")  # late
    action(meeting, "2026-08-19")  # overdue since yesterday
    action(meeting, "2026-08-20")  # due today: not yet
    action(meeting, "2026-09-20", "2026-08-01")  # done before it was due
    action(meeting, "2025-04-01", "2025-03-15", state="dropped")
    action(meeting, "2024-09-30", "2024-09-30")  # before the first quarter shown
    seats = [SeatFactory(group=nursing) for _seat in range(4)]
    SeatFactory(group=nursing, until=date(2025, 1, 1))  # abolished
    SeatFactory(group=None)  # serves every group
    TermFactory(seat=seats[0])
    TermFactory(seat=seats[0])
    TermFactory(seat=seats[1], until=date(2026, 8, 20))  # ended today
    TermFactory(seat=seats[2], until=date(2026, 8, 21))
    for seat, at in ((seats[0], timezone.now()), (seats[1], None), (seats[2], None)):
        ReportBack.objects.create(meeting=meeting, seat=seat, person=cast.member, reported_at=at)

    lines = {
        line.group.code: line for line in board(last_quarters(date(2026, 8, 20)), cast.member.user).lines
    }

    found = lines["NUR"].figures
    assert (found.median_days, sorted(found.lags)) == (5.5, [3, 8])
    assert (found.on_time, found.due) == (2, 4)
    assert (found.reported, found.asked) == (1, 3)
    assert (found.empty, found.seats) == (2, 4)
    empty = lines["LAW"].figures
    assert (empty.median_days, empty.due, empty.asked, empty.seats) == (10, 0, 0, 0)


# --- The page


def test_ones_own_groups_stand_first(table, sign_in):
    names = [line.group.code for line in sign_in(table.other_co_chair).get(PATH).context["board"].lines]
    assert names == ["LAW", "NUR"]
    names = [line.group.code for line in sign_in(table.staff).get(PATH).context["board"].lines]
    assert names == ["LAW", "NUR"]  # both at the same place: by their short names
    names = [line.group.code for line in sign_in(table.co_chair).get(PATH).context["board"].lines]
    assert names == ["NUR", "LAW"]


def test_years_can_be_chosen(cast, clock, sign_in):
    seeded_history()
    client = sign_in(cast.member)

    def quarters(query: str) -> list[str]:
        return [str(quarter) for quarter in client.get(PATH + query).context["board"].quarters]

    year = [f"2025-Q{n}" for n in (1, 2, 3, 4)]
    assert quarters("?begin=2025&end=2025") == year
    assert quarters("?begin=2025") == quarters("?end=2025") == year
    assert quarters("?begin=2026&end=2025") == [*year, *(f"2026-Q{n}" for n in (1, 2, 3, 4))]
    for nonsense in (
        "",
        "?begin=",
        "?begin=x",
        "?begin=1066",
        "?begin=99999999999",
        "?begin=2018&end=2026",
        "?begin=%00",
    ):
        assert quarters(nonsense) == QUARTERS, nonsense
    assert "Choose six years at most." in client.get(PATH + "?begin=2018&end=2026").content.decode()
    assert problems_of(client.get(PATH).content.decode()) == []


def test_as_a_table_for_spreadsheets(cast, clock, sign_in):
    seeded_history()

    page = sign_in(cast.member).get(PATH, {"format": "csv"})

    heading, *lines = csv.reader(io.StringIO(page.getvalue().decode("utf-8-sig")))
    assert heading[:10] == ["Code", "Name", *QUARTERS]
    assert {line[1]: line[2:10] for line in lines} == TABLE
    assert lines[0][10:] == ["5.5", "0", "0", "0", "0", "0", "0"]


def test_french_page(cast, clock, sign_in):
    seeded_history()
    with translation.override("fr"):
        path = reverse("meetings:cadence")
    html = sign_in(cast.member).get(path).content.decode().replace("\xa0", " ")

    assert path == "/fr/groupes-de-travail/cadence/"
    for words in ("Régularité des groupes", "Pas nécessaire", "aucune réunion et aucun motif", "5,5"):
        assert words in html
    assert problems_of(html) == []


def test_hostile_reasons_are_shown_as_words(cast, clock, sign_in):
    passed_over(GroupFactory(name_en="<b>x"), 2026, 2, "=1+1<script>")
    client = sign_in(cast.member)

    html = client.get(PATH).content.decode()
    assert "=1+1&lt;script&gt;" in html
    assert "<script>=" not in html
    assert "<b>x" not in html


def test_queries_do_not_grow(cast, clock, sign_in, record_queries):
    client = sign_in(cast.member)

    def fill(number: int) -> None:
        for _group in range(number):
            group = GroupFactory()
            make_term(group, "", person=cast.author)
            for quarter in (1, 2):
                meeting = met(group, 2026, quarter, circulated=2)
                action(meeting, "2026-03-01", "2026-03-01")
                ReportBack.objects.create(meeting=meeting, seat=group.seats.get(), person=cast.author)

    fill(1)
    one = record_queries(lambda: client.get(PATH))
    fill(2)
    assert record_queries(lambda: client.get(PATH)) == one
    assert one <= 16


def test_no_group_is_called_like_the_board(cast, sign_in):
    GroupFactory(slug="cadence", name_en="Shadow")

    page = sign_in(cast.member).get(PATH)

    assert page.templates[0].name == "meetings/cadence_board.html"


# --- The demonstration

DEMO_DAY = datetime(2026, 11, 20, 12, tzinfo=HALIFAX)
DEMO_TABLE = {
    "nursing": [
        "Held", "Held", "Cancelled: The power was out in half of the province. The items move to the next meeting.", "Held",
        "Not needed: All actions were done, and nobody proposed an item.", "Held", "Held", "Scheduled",
    ],
    "engineering": [
        "Held", "Held", "Held", "Not needed: The trial of the template was still going on.", "Held",
        "Cancelled: Fewer than three voices could come.", "Held", "Scheduled",
    ],
}  # fmt: skip


def test_the_demonstration_shows_every_kind(db, settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    with time_machine.travel(DEMO_DAY, tick=False):
        load_reference()
        call_command("load_content")
        call_command("load_demo")
        chair = (
            Group.objects.get(slug="nursing")
            .seats.filter(terms__role="co_chair")
            .first()
            .terms.first()
            .person
        )

        shown = board(last_quarters(DEMO_DAY.date()), chair.user)

    lines = {line.group.slug: line for line in shown.lines}
    assert {slug: [cell.words for cell in lines[slug].cells] for slug in DEMO_TABLE} == DEMO_TABLE
    assert lines["nursing"].figures.median_days == 3
