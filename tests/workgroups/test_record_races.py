"""Many at once: two hundred saves of one record, and numbers that never meet."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.workgroups import AgendaItemFactory
from tests.initiatives.test_comment_races import at_once
from tests.world import make_table
from workgroups.meetings.actions import decisions, records
from workgroups.meetings.models import AgendaItem, Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table():
    return make_table()


def test_numbers_never_meet(table):
    results = at_once(
        [
            lambda n=n: decisions.take(item=table.item, values={"text": f"d{n}"}, by=table.co_chair)
            for n in range(20)
        ],
        threads=8,
    )
    assert [result for result in results if not isinstance(result, Decision)] == []
    numbers = Decision.objects.filter(text__startswith="d").values_list("number", flat=True)
    assert len(set(numbers)) == 20


@pytest.mark.slow
def test_two_hundred_parallel_saves_lose_nothing(table, sign_in):
    items = [AgendaItemFactory(meeting=table.held, position=n + 10) for n in range(200)]
    url = reverse("meetings:outcome-record", args=["nursing", table.held.identifier])
    people = [table.co_chair, table.secretary]
    clients = [sign_in(people[n % 2]) for n in range(200)]

    def save(n):
        key = f"i{items[n].pk}"
        data = {
            f"{key}-note": f"note {n}",
            f"{key}-visibility": "roster",
            f"{key}-state": "open",
            f"{key}-version": "1",
        }
        return clients[n].post(url, data).status_code

    answers = at_once([lambda n=n: save(n) for n in range(200)], threads=10)

    assert set(answers) == {302}
    notes = AgendaItem.objects.filter(pk__in=[item.pk for item in items]).values_list("note", flat=True)
    assert sorted(notes) == sorted(f"note {n}" for n in range(200))


@pytest.mark.slow
def test_two_hundred_saves_of_one_item_are_each_saved_or_refused(table):
    def save(n):
        return records.save_item(
            item=table.item, version=1, note=f"note {n}", visibility="roster", state="open", by=table.co_chair
        )

    results = at_once([lambda n=n: save(n) for n in range(200)], threads=10)

    saved = [result for result in results if isinstance(result, AgendaItem)]
    assert len(saved) == 1
    assert AgendaItem.objects.get(pk=table.item.pk).note == saved[0].note
