"""Decisions: the registers, the page, in writing between meetings; their numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    DecisionFactory,
    FunctionFactory,
    MeetingFactory,
)
from tests.pages_check import problems_of
from workgroups.meetings.actions import decisions
from workgroups.meetings.choices import DecisionKind, OutcomeState
from workgroups.meetings.errors import NotPossibleNow, StaleVersion
from workgroups.meetings.models import Decision

pytestmark = pytest.mark.django_db

EVERY = "meetings:decision-list-all"


@pytest.fixture
def told(table):
    table.held.outcome_state = OutcomeState.CIRCULATED
    table.held.save()
    return table


def test_the_register_narrows(told, sign_in):
    function = FunctionFactory(slug="bridging", name_en="Bridging")
    other = DecisionFactory(
        meeting=MeetingFactory(group=told.other_group, outcome_state="circulated"), text="Ask for a language test",
        rationale="Because of patients", function=function, decided_on=timezone.localdate().replace(year=2021), year=2021,
    )  # fmt: skip
    url = reverse(EVERY)
    for query in ({"q": "patients language"}, {"group": "law"}, {"function": "bridging"}, {"year": "2021"}):
        html = sign_in(None).get(url, query).content.decode()
        assert other.identifier in html, query
        assert told.decision.identifier not in html, query
    both = sign_in(None).get(url, {"kind": "consensus"}).content.decode()
    assert other.identifier in both
    assert told.decision.identifier in both
    nothing = sign_in(None).get(url, {"q": "no such words"}).content.decode()
    assert "No decision found" in nothing


def test_in_writing_between_meetings(table, sign_in):
    url = reverse("meetings:decision-create", args=["nursing"])
    client = sign_in(table.secretary)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert client.get(url).status_code == 200
    assert (
        "lies in the past"
        in client.post(url, {"text": "x", "decided_on": tomorrow, "visibility": "public"}).content.decode()
    )
    data = {
        "text": "Write to the minister",
        "decided_on": timezone.localdate().isoformat(),
        "visibility": "public",
    }

    response = client.post(url, data)

    decision = Decision.objects.get(text="Write to the minister")
    assert (response.status_code, response["Location"]) == (302, decision.get_absolute_url())
    assert (decision.kind, decision.meeting, decision.year) == (
        DecisionKind.WRITTEN,
        None,
        timezone.localdate().year,
    )
    assert sign_in(None).get(decision.get_absolute_url()).status_code == 200
    with pytest.raises(NotPossibleNow):
        decisions.change(decision=decision, version=1, values={"text": "y"}, by=table.secretary)


def test_refusals(told):
    decision, by = told.decision, told.co_chair
    assert decisions.change(decision=decision, version=1, values={"text": decision.text}, by=by).version == 1
    decisions.change(decision=decision, version=1, values={"text": "New"}, by=by)
    with pytest.raises(StaleVersion):
        decisions.change(decision=decision, version=1, values={"text": "Newer"}, by=by)
    with pytest.raises(NotPossibleNow):  # circulated
        decisions.take_back(decision=decision, by=by)
    told.held.outcome_state = OutcomeState.DRAFT
    told.held.save()
    ActionItemFactory(meeting=told.held, decision=decision)
    with pytest.raises(NotPossibleNow):  # an action hangs on it
        decisions.take_back(decision=decision, by=by)


def test_numbers_count_per_group_and_year(table):
    item = AgendaItemFactory(meeting=MeetingFactory(group=table.other_group, year=2022))
    values = {"text": "x"}
    first = decisions.take(item=item, values=values, by=table.staff)
    second = decisions.take(item=item, values=values, by=table.staff)
    elsewhen = decisions.take_in_writing(
        group=table.other_group,
        decided_on=timezone.localdate().replace(year=2023),
        values=values,
        by=table.staff,
    )
    assert [first.identifier, second.identifier, elsewhen.identifier] == [
        "LAW-2022-D01", "LAW-2022-D02", "LAW-2023-D01",
    ]  # fmt: skip


def test_the_number_of_queries_does_not_grow(told, sign_in, record_queries):
    client = sign_in(None)
    urls = [
        reverse(EVERY),
        reverse("meetings:decision-list", args=["nursing"]),
        told.decision.get_absolute_url(),
    ]
    few = [record_queries(lambda url=url: client.get(url)) for url in urls]
    for n in range(3):
        DecisionFactory(meeting=told.held, function=FunctionFactory())
        ActionItemFactory(meeting=told.held, decision=told.decision, visibility="public", text=f"a{n}")
    assert [record_queries(lambda url=url: client.get(url)) for url in urls] == few
    assert max(few[:2]) <= 8


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_sound_in_both_languages(told, sign_in, language):
    with translation.override(language):
        client = sign_in(told.co_chair)
        for url in (
            reverse(EVERY), reverse("meetings:decision-list", args=["nursing"]), told.decision.get_absolute_url(),
            reverse("meetings:decision-create", args=["nursing"]),
        ):  # fmt: skip
            html = client.get(url).content.decode()
            assert problems_of(html) == [], url
            assert ("écision" in html) == (language == "fr"), url


def test_hostile_words_and_formulas(told, sign_in):
    told.decision.text = "=1+1 <script>window.__x=1</script>"
    told.decision.save()
    client = sign_in(None)
    assert "<script>window" not in client.get(told.decision.get_absolute_url()).content.decode()
    csv = client.get(reverse(EVERY), {"format": "csv"}).getvalue().decode()
    assert "'=1+1" in csv
    assert client.get(reverse(EVERY), {"q": "\x00%' --", "year": "x", "group": "../x"}).status_code == 200
