"""Everybody who can stand to a group, at every page of groups and meetings, in every state of the record."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.workgroups.table_addresses import RUN, STATES, expected, expected_before, lay_out, names_of, url_of
from tests.world import TABLE
from workgroups.meetings.choices import OutcomeState

pytestmark = pytest.mark.django_db


def answer(response):
    is_sign_in = response.status_code == 302 and "/sign-in/" in response["Location"]
    return "sign-in" if is_sign_in else response.status_code


def test_no_address_is_left_out():
    every = {f"{app}:{name}" for app in ("groups", "meetings") for name in names_of(app)}

    assert set(expected("draft")) == every


@pytest.mark.parametrize("state", STATES)
def test_every_page_for_everybody(table, sign_in, uploads, state):
    lay_out(table, state)
    clients = {role: sign_in(table.people.get(role)) for role in TABLE}

    got = {
        name: {role: answer(clients[role].get(url_of(name, table))) for role in TABLE}
        for name in expected(state)
    }

    assert got == expected(state)


def test_every_page_of_a_meeting_to_come(table, sign_in):
    clients = {role: sign_in(table.people.get(role)) for role in TABLE}
    args = ["nursing", table.meeting.identifier]

    got = {
        name: {role: answer(clients[role].get(reverse(f"meetings:{name}", args=args))) for role in TABLE}
        for name in expected_before()
    }

    assert got == expected_before()


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
    client.post(url_of("meetings:outcome-record", table), data)
    client.post(url_of("meetings:outcome-circulate", table), {})
    client.post(
        url_of("meetings:decision-create", table),
        {"text": "Forged", "decided_on": "2024-01-01", "visibility": "public"},
    )

    table.item.refresh_from_db()
    table.held.refresh_from_db()
    assert table.item.note == "They agreed on a pilot."
    assert table.held.outcome_state == OutcomeState.NONE
    assert not table.group.decisions.filter(text="Forged").exists()
