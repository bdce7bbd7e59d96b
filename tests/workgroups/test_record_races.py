"""Many at once: saves of one record (twenty, with --all two hundred), and numbers that never meet."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.workgroups import AgendaItemFactory
from tests.initiatives.test_comment_races import at_once
from tests.world import make_table
from workgroups.meetings.actions import decisions, records
from workgroups.meetings.errors import StaleVersion
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


COUNTS = [20, pytest.param(200, marks=pytest.mark.slow)]


@pytest.mark.parametrize("count", COUNTS)
def test_parallel_saves_of_one_record_lose_nothing(table, sign_in, count):
    items = [AgendaItemFactory(meeting=table.held, position=n + 10) for n in range(count)]
    url = reverse("meetings:outcome-record", args=["nursing", table.held.identifier])
    people = [table.co_chair, table.secretary]
    clients = [sign_in(people[n % 2]) for n in range(count)]

    def save(n):
        key = f"i{items[n].pk}"
        data = {
            f"{key}-note": f"note {n}",
            f"{key}-visibility": "roster",
            f"{key}-state": "open",
            f"{key}-version": "1",
        }
        return clients[n].post(url, data).status_code

    answers = at_once([lambda n=n: save(n) for n in range(count)], threads=10)

    assert set(answers) == {302}
    notes = AgendaItem.objects.filter(pk__in=[item.pk for item in items]).values_list("note", flat=True)
    assert sorted(notes) == sorted(f"note {n}" for n in range(count))


@pytest.mark.parametrize("count", COUNTS)
def test_saves_of_one_item_are_each_saved_or_refused(table, count):
    def save(n):
        return records.save_item(
            item=table.item, version=1, note=f"note {n}", visibility="roster", state="open", by=table.co_chair
        )

    results = at_once([lambda n=n: save(n) for n in range(count)], threads=10)

    saved = [result for result in results if isinstance(result, AgendaItem)]
    assert len(saved) == 1
    assert sum(isinstance(result, StaleVersion) for result in results) == count - 1
    assert AgendaItem.objects.get(pk=table.item.pk).note == saved[0].note


def test_whoever_was_refused_gets_both_texts_back(table, sign_in):
    """Twenty at once on one item of the page: one is saved, nineteen see theirs beside it."""
    url = reverse("meetings:outcome-record", args=["nursing", table.held.identifier])
    key = f"i{table.item.pk}"
    clients = [sign_in(table.co_chair) for _ in range(20)]

    def save(n):
        data = {
            f"{key}-note": f"note {n}.",
            f"{key}-visibility": "roster",
            f"{key}-state": "open",
            f"{key}-version": "1",
        }
        return clients[n].post(url, data)

    answers = at_once([lambda n=n: save(n) for n in range(20)], threads=8)

    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 19
    kept = AgendaItem.objects.get(pk=table.item.pk).note
    for n, answer in enumerate(answers):
        if answer.status_code == 409:
            assert f"note {n}." in answer.content.decode()
            assert kept in answer.content.decode()
