"""Short addresses: /NUR-2026-D03 leads to the page in the reader's language, or is as unknown as what never was."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from tests.factories.initiatives import InitiativeFactory
from tests.world import TABLE
from workgroups.meetings.choices import OutcomeState

pytestmark = pytest.mark.django_db
SIT = {"roster", "alternate", "secretary", "co_chair", "staff"}


def test_everything_with_an_identifier_is_found(table):
    table.held.outcome_state = OutcomeState.CIRCULATED
    table.held.save()
    table.action.visibility = "public"
    table.action.save()
    found = (table.group, table.meeting, table.held, table.decision, table.action, InitiativeFactory())
    for row in found:
        identifier = row.code if row == table.group else row.identifier
        for ending in ("", "/"):
            answer = Client().get(f"/{identifier}{ending}")
            assert (answer.status_code, answer["Location"]) == (302, row.get_absolute_url())
        assert Client().get(answer["Location"]).status_code == 200


def test_in_the_language_of_the_reader(table):
    client = Client(headers={"accept-language": "fr-CA"})
    with translation.override("fr"):
        assert client.get(f"/{table.meeting.identifier}")["Location"] == table.meeting.get_absolute_url()


def test_hidden_is_as_unknown_as_what_never_was(table, sign_in):
    """A decision and an action of a draft."""
    table.held.outcome_state = OutcomeState.DRAFT
    table.held.save()
    for row in (table.decision, table.action):
        found = {
            role
            for role in TABLE
            if sign_in(table.people.get(role)).get(f"/{row.identifier}").status_code == 302
        }
        assert found == SIT
        unknown, hidden = (
            said_at(sign_in(table.member), identifier) for identifier in ("NUR-2031-D77", row.identifier)
        )
        assert hidden == unknown


def said_at(client, identifier: str) -> str:
    html = client.get(f"/{identifier}").content.decode().replace(identifier, "")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", html)


@pytest.mark.parametrize(
    "path",
    [
        "/NUR-2026-Q5",
        "/NUR-2026-D1",
        "/NUR-2026-D001",
        "/nur-2026-d01",
        "/ZZZZZ",
        "/NUR-",
        "/NUR-2026-D01-A01-X",
    ],
)
def test_other_spellings_lead_nowhere(table, path):
    assert Client().get(path).status_code == 404
