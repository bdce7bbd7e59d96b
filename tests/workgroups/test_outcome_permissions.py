"""Everybody who can stand to a group, at every page of records, outcomes and actions, in every state of the record."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.world import TABLE
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.minutes import written_minutes

pytestmark = pytest.mark.django_db

RUN = {"secretary", "co_chair", "staff"}
SIT = {*RUN, "roster", "alternate"}
STATES = (OutcomeState.DRAFT, OutcomeState.CIRCULATED, OutcomeState.APPROVED)


def allowed(who, answer=200, no=403) -> dict:
    found = {role: answer if role in who else no for role in TABLE}
    return {**found, "anonymous": answer if "anonymous" in who else ("sign-in" if no == 403 else no)}


def expected(state: str) -> dict[str, dict]:
    """What GET answers: 302 leads back to the outcomes, because the step is not possible in this state."""
    record = 302 if state == OutcomeState.APPROVED else 200
    return {
        "outcome-record": allowed(RUN, record),
        "outcome-sheet": allowed(RUN),
        "outcome-detail": allowed(TABLE),
        "outcome-circulate": allowed(RUN, 200 if state == OutcomeState.DRAFT else 302),
        "outcome-approve": allowed(RUN, 200 if state == OutcomeState.CIRCULATED else 302),
        "correction-create": allowed(RUN, 200 if state == OutcomeState.APPROVED else 302),
        "decision-detail": allowed(SIT if state == OutcomeState.DRAFT else TABLE, no=404),
        "action-detail": allowed(SIT, no=404),
        "action-finish": {**allowed({*RUN, "roster"}, no=404), "alternate": 403, "anonymous": "sign-in"},
        "attendance-list": allowed(SIT),
        "decision-create": allowed(RUN),
        "decision-list": allowed(TABLE),
        "action-list": allowed(TABLE),
        "action-list-all": allowed({"staff"}),
    }


def url_of(name: str, table) -> str:
    if name in ("action-detail", "action-finish", "decision-detail"):
        row = table.decision if name.startswith("decision") else table.action
        return reverse(f"meetings:{name}", args=["nursing", row.identifier])
    if name.startswith(("outcome", "correction")):
        return reverse(f"meetings:{name}", args=["nursing", table.held.identifier])
    return reverse(f"meetings:{name}", args=[] if name.endswith("-all") else ["nursing"])


def answer(response):
    is_sign_in = response.status_code == 302 and "/sign-in/" in response["Location"]
    return "sign-in" if is_sign_in else response.status_code


@pytest.mark.parametrize("state", STATES)
def test_every_page_for_everybody(table, sign_in, state):
    table.meeting.delete()
    table.held.outcome_state = state
    if state == OutcomeState.APPROVED:
        table.held.frozen, table.held.approved_at = written_minutes(table.held), timezone.now()
    table.held.save()
    clients = {role: sign_in(table.people.get(role)) for role in TABLE}

    got = {
        name: {role: answer(clients[role].get(url_of(name, table))) for role in TABLE}
        for name in expected(state)
    }

    assert got == expected(state)


@pytest.mark.parametrize("role", [role for role in TABLE if role not in RUN])
def test_nobody_else_writes(table, sign_in, role):
    """Also with everything that the page would have sent."""
    client = sign_in(table.people.get(role))
    key = f"i{table.item.pk}"
    data = {
        f"{key}-note": "Forged",
        f"{key}-visibility": "public",
        f"{key}-state": "open",
        f"{key}-version": "1",
    }
    client.post(url_of("outcome-record", table), data)
    client.post(url_of("outcome-circulate", table), {})
    client.post(
        url_of("decision-create", table),
        {"text": "Forged", "decided_on": "2024-01-01", "visibility": "public"},
    )

    table.item.refresh_from_db()
    table.held.refresh_from_db()
    assert table.item.note == "They agreed on a pilot."
    assert table.held.outcome_state == OutcomeState.NONE
    assert not table.group.decisions.filter(text="Forged").exists()
