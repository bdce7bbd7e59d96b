"""Ten years of fourteen groups cost their readers what one year costs: the same queries, about the same time."""

from __future__ import annotations

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench.group_years import add_years, make_groups, noon
from tests.workgroups.outcome_scene import address
from workgroups.meetings.minutes import written_minutes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROUNDS = 7
MOST = 3.0  # times; what a shared machine adds by itself included


def pages_of(years) -> dict[str, str]:
    """A page that another app adds belongs here too."""
    slug, meeting = years.groups[0].slug, years.last_meeting
    base = f"/en/work-groups/{slug}"
    return {
        "all groups": "/en/work-groups/",
        "my groups": "/en/work-groups/your-groups/",
        "group": f"{base}/",
        "meetings": f"{base}/meetings/",
        "meeting": meeting.get_absolute_url(),
        "outcomes": address("outcome-detail", meeting),
        "decisions": f"{base}/decisions/",
        "actions": f"{base}/actions/",
        "attendance": f"{base}/attendance/",
        "history": f"{base}/history/",
        "my actions": "/en/work-groups/actions/mine/",
        "home": "/en/",
        "search, rare": "/en/search/?q=zzyzx",
        "search, everywhere": "/en/search/?q=bridging",
    }


def measured(client, pages: dict[str, str]) -> dict[str, tuple[int, float]]:
    """Queries, and the middle of several times in milliseconds."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name, path in pages.items():
        assert client.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
            count = len(queries)
        times = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - begin) * 1000)
        found[name] = (count, statistics.median(times))
    return found


def freeze(meeting) -> None:
    meeting.frozen, meeting.outcome_state, meeting.approved_at = (
        written_minutes(meeting),
        "approved",
        timezone.now(),
    )
    meeting.save()


def test_ten_years_cost_what_one_costs(sign_in, site_pages, capsys):
    years = make_groups(noon(30, timezone.now()))
    add_years(years, since=0, until=1)
    freeze(years.last_meeting)
    client = sign_in(years.reader)
    one = measured(client, pages_of(years))
    add_years(years, since=1, until=10)

    ten = measured(client, pages_of(years))

    with capsys.disabled():
        print(f"\n{'page':<20}{'queries':>8}{'1 year ms':>11}{'10 years':>10}{'ratio':>7}")
        for name, (queries, before) in one.items():
            after = ten[name][1]
            print(f"{name:<20}{queries:>8}{before:>11.1f}{after:>10.1f}{after / before:>7.2f}")
    assert {name: queries for name, (queries, _) in ten.items()} == {
        name: queries for name, (queries, _) in one.items()
    }
    slow = {name: ten[name][1] / one[name][1] for name in one if ten[name][1] > MOST * one[name][1]}
    assert set(slow) <= {"search, everywhere"}, slow
