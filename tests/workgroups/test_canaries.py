"""One word in each thing that is not for everybody: who is to read it finds it, and nobody else anywhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.factories.workgroups import ActionItemFactory, AgendaItemFactory, DecisionFactory
from tests.workgroups.outcome_scene import circulate
from tests.workgroups.table_addresses import KEYS, NETWORK, SIT, STATES, expected, lay_out, set_state, url_of
from tests.world import TABLE
from workgroups.meetings.choices import OutcomeState

pytestmark = pytest.mark.django_db

NOTE, DECISION, ACTION, WAY_IN = "egretnote", "ospreydecision", "heronaction", "kestrellink"
WORDS = (NOTE, DECISION, ACTION, WAY_IN)


def readers(word: str, state: str) -> set[str]:
    return NETWORK if word == DECISION and state != OutcomeState.DRAFT else SIT


@pytest.fixture
def scene(table):
    held = table.held
    held.outcome_state = OutcomeState.DRAFT
    held.save()
    item = AgendaItemFactory(meeting=held, title="Plain title", note=f"The {NOTE}.", visibility="roster")
    table.private = DecisionFactory(meeting=held, item=item, text=f"The {DECISION}.", visibility="members")
    table.promise = ActionItemFactory(
        meeting=held, item=item, text=f"The {ACTION}.", visibility="roster", follower=table.secretary
    )
    table.meeting.join_link = f"https://join.example/{WAY_IN}"
    table.meeting.save()
    return table


def texts_of(client, addresses: list[str]):
    for address in addresses:
        response = client.get(address)
        if response.status_code == 200:
            body = response.getvalue() if response.streaming else response.content
            yield address, body.decode(errors="replace")  # a document is no text


def addresses(table) -> list[str]:
    """Every page, its table for spreadsheets, and the search for each word but its last letter."""
    names = [name for name in expected("draft") if name not in KEYS]
    pages = [url_of(name, table) for name in names]
    pages += [
        table.meeting.get_absolute_url(),
        table.private.get_absolute_url(),
        table.promise.get_absolute_url(),
    ]
    pages += ["/en/", "/fr/"]
    searches = [f"{reverse('portal:search')}?q={word[:-1]}" for word in WORDS]
    return [*pages, *(f"{page}?format=csv" for page in pages), *searches]


@pytest.mark.parametrize("state", STATES)
def test_nobody_else_finds_a_word_on_any_page(scene, sign_in, uploads, state):
    lay_out(scene, state)
    found: dict[str, set[str]] = {word: set() for word in WORDS}
    for role in TABLE:
        for _address, text in texts_of(sign_in(scene.people.get(role)), addresses(scene)):
            for word in WORDS:
                if word in text:
                    found[word].add(role)

    assert found == {word: readers(word, state) for word in WORDS}


def test_the_search_finds_each_for_its_readers(scene, sign_in, uploads):
    lay_out(scene, OutcomeState.CIRCULATED)
    for word, kind in ((NOTE, "meetings"), (DECISION, "decisions"), (ACTION, "actions")):
        who = set()
        for role in TABLE:
            page = sign_in(scene.people.get(role)).get(reverse("portal:search"), {"q": word})
            who |= {role for group in page.context["groups"] if group.source.name == kind}
        assert who == readers(word, OutcomeState.CIRCULATED), word


def test_calendars_lead_in_only_those_who_sit_there(scene, sign_in):
    set_state(scene, OutcomeState.CIRCULATED)
    shared = sign_in(None).get(reverse("meetings:group-calendar", args=["nursing"])).content.decode()
    own: dict[str, bool] = {}
    for role in sorted(NETWORK):
        page = sign_in(scene.people[role]).get(reverse("meetings:list", args=["nursing"]))
        address = page.context["own_calendar"]
        own[role] = bool(address) and WAY_IN in unfolded(sign_in(None).get(urlsplit(address).path))

    assert scene.meeting.identifier in shared
    assert not [word for word in WORDS if word in shared.replace("\r\n ", "")]
    assert {role for role, leads_in in own.items() if leads_in} == SIT - {"staff"}


def unfolded(response) -> str:
    return response.content.decode().replace("\r\n ", "")


def test_letters_carry_a_word_only_to_its_readers(scene, deliver):
    circulate(scene)
    letters = deliver()
    got: dict[str, set[str]] = {word: set() for word in WORDS}
    for letter in letters:
        bodies = "\n".join([letter.body, *(str(part[0]) for part in letter.alternatives)])
        for word in WORDS:
            if word in bodies:
                got[word] |= set(letter.to)
    table = {scene.people[role].user.email for role in SIT - {"staff"}}

    assert letters
    assert {address for letter in letters for address in letter.to} >= table
    for word in (NOTE, ACTION, WAY_IN):
        assert got[word] <= table, word
