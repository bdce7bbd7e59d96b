"""Counts of facets are kept for a minute, for readers to whom the very same rows are shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.actions import indexing
from initiatives.choices import PostState, PostVisibility
from initiatives.models import Initiative
from iqn import listing
from tests.factories.initiatives import InitiativeFactory
from tests.factories.reference import OccupationFactory

pytestmark = pytest.mark.django_db
URL = "/en/initiatives/"


def _counts(client, url: str = URL, facet: str = "status") -> dict[str, int]:
    box = next(box for box in client.get(url).context["facets"] if box.name == facet)
    return {option.label: option.count for option in box.options}


def _queries(client, url: str = URL) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def test_a_second_request_counts_nothing(client):
    InitiativeFactory(status="pilot")

    first, second = _queries(client), _queries(client)

    assert second == first - 1
    assert _queries(client, URL + "?status=pilot") == first  # other rows, other counts
    assert _queries(client, URL + "?status=pilot") == second


def test_a_count_may_be_a_minute_old(client, monkeypatch):
    InitiativeFactory(status="pilot")
    assert _counts(client) == {"Pilot": 1}

    InitiativeFactory(status="idea")

    assert _counts(client) == {"Pilot": 1}
    caches["memory"].clear()
    assert _counts(client) == {"Idea": 1, "Pilot": 1}


def test_counts_are_kept_for_a_minute_and_no_longer(client, time_machine):
    time_machine.move_to("2026-03-02 12:00 -0400", tick=False)
    InitiativeFactory(status="pilot")
    _counts(client)
    InitiativeFactory(status="pilot")

    time_machine.shift(timedelta(seconds=listing.COUNTS_KEPT - 1))
    assert _counts(client) == {"Pilot": 1}
    time_machine.shift(timedelta(seconds=2))
    assert _counts(client) == {"Pilot": 2}


@pytest.mark.parametrize("members_first", [True, False])
def test_readers_who_see_other_rows_share_no_counts(cast, sign_in, client, members_first):
    InitiativeFactory(status="pilot")
    InitiativeFactory(status="pilot", visibility=PostVisibility.MEMBERS)
    expected = [(sign_in(cast.member), {"Pilot": 2}), (client, {"Pilot": 1})]

    for reader, counts in expected if members_first else reversed(expected):
        assert _counts(reader) == counts


def test_ones_own_row_is_counted_for_oneself_alone(cast, sign_in):
    """Who is no member (any more) sees public rows and their own."""
    mine = InitiativeFactory(status="pilot", visibility=PostVisibility.MEMBERS, author=cast.applicant)
    InitiativeFactory(status="pilot", visibility=PostVisibility.MEMBERS)
    InitiativeFactory(status="pilot", author=mine.author)

    assert _counts(sign_in(cast.applicant)) == {"Pilot": 2}
    assert _counts(sign_in(cast.left)) == {"Pilot": 1}


def test_members_share_their_counts(cast, sign_in):
    InitiativeFactory(status="pilot")
    first, second = sign_in(cast.member), sign_in(cast.author)
    second.get("/en/about/")  # the session is there

    counted = _queries(first)

    assert _queries(second) == counted - 1


def test_each_language_has_its_own(client):
    occupation = OccupationFactory(slug="nurse")
    InitiativeFactory().occupations.add(occupation)

    assert _counts(client, facet="occupation") == {"nurse in English": 1}
    assert _counts(client, "/fr/initiatives/", facet="occupation") == {occupation.name_fr: 1}


def test_a_search_by_words_is_counted_anew(client):
    """A count must not tell that a row which was just hidden has a word."""
    InitiativeFactory(status="pilot", title="Bridging nurses")
    found = InitiativeFactory(status="pilot", title="Bridging teachers")
    for initiative in Initiative.objects.all():
        indexing.index(initiative)
    assert _counts(client, URL + "?q=bridging") == {"Pilot": 2}

    Initiative.objects.filter(pk=found.pk).update(state=PostState.WITHDRAWN)

    assert _counts(client, URL + "?q=bridging") == {"Pilot": 1}
    assert _queries(client, URL + "?q=bridging") == _queries(client, URL + "?q=bridging")


def test_the_register_of_one_group_has_a_facet_less(table, sign_in):
    get = sign_in(table.staff).get
    every, of_one = (
        reverse("meetings:decision-list-all"),
        reverse("meetings:decision-list", args=[table.group.slug]),
    )

    names = [[box.name for box in get(url).context["facets"]] for url in (every, of_one, every)]

    assert names == [["group", "function", "kind"], ["function", "kind"], ["group", "function", "kind"]]
