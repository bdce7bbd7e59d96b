"""The portal's search over meetings, decisions and actions: each reader finds what their pages show, and no word more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.workgroups import ActionItemFactory, AgendaItemFactory, DecisionFactory
from tests.pages_check import problems_of
from tests.workgroups.outcome_scene import CANARIES, circulate, fill
from tests.world import TABLE
from workgroups.meetings.models import ActionItem, AgendaItem, Decision
from workgroups.meetings.models.action_item import ACTION_WORDS
from workgroups.meetings.models.agenda import ITEM_WORDS
from workgroups.meetings.models.decision import DECISION_WORDS
from workgroups.meetings.search import having_words, search_actions, search_decisions, search_items

pytestmark = pytest.mark.django_db

AT_TABLE = {"roster", "alternate", "secretary", "co_chair", "staff"}
NETWORK = {*AT_TABLE, "member", "other_co_chair", "former_co_chair"}


@pytest.fixture
def scene(table):
    fill(table)
    table.meeting.join_link = "https://join.example/kestrelword"
    table.meeting.save()
    AgendaItemFactory(meeting=table.meeting, title="Wrenword coming", description="Gullword described")
    return table


def found(client, words: str, path: str = "/en/search/") -> dict[str, list[str]]:
    response = client.get(path, {"q": words})
    return {group.source.name: [hit.url for hit in group.hits] for group in response.context["groups"]}


def finders(table, sign_in, words: str) -> dict[str, set[str]]:
    """Who finds something, by kind."""
    by_kind: dict[str, set[str]] = {}
    for role in TABLE:
        for kind in found(sign_in(table.people.get(role)), words):
            by_kind.setdefault(kind, set()).add(role)
    return by_kind


def test_a_draft_is_found_by_the_table_alone_but_for_its_agenda(scene, sign_in):
    for word in CANARIES.values():
        for kind in ("note", "decision", "action"):
            kinds = finders(scene, sign_in, f"{word} {kind}")
            assert kinds == {{"note": "meetings"}.get(kind, f"{kind}s"): AT_TABLE}
        assert finders(scene, sign_in, f"{word} title") == {"meetings": NETWORK}


def test_circulated_outcomes_are_found_as_far_as_each_part_goes(scene, sign_in):
    circulate(scene)

    for level, readers in (("roster", AT_TABLE), ("members", NETWORK), ("public", set(TABLE))):
        word = CANARIES[level]
        assert finders(scene, sign_in, f"{word} note") == {"meetings": readers}
        assert finders(scene, sign_in, f"{word} decision") == {"decisions": readers}
        assert finders(scene, sign_in, f"{word} action") == {"actions": readers}
        assert finders(scene, sign_in, f"{word} title") == {"meetings": NETWORK | readers}


def test_an_agenda_is_for_members_and_the_way_in_for_nobody(scene, sign_in):
    assert finders(scene, sign_in, "wrenword") == {"meetings": NETWORK}
    assert finders(scene, sign_in, "gullword") == {"meetings": NETWORK}
    assert finders(scene, sign_in, "kestrelword") == {}


def test_what_an_item_is_about_is_not_shown_with_its_public_note(scene, sign_in):
    AgendaItemFactory(
        meeting=scene.held, title="Ternword", description="Petrelword", note="Plain note", visibility="public"
    )
    circulate(scene)

    assert finders(scene, sign_in, "petrelword") == {"meetings": NETWORK}
    html = sign_in(None).get("/en/search/", {"q": "ternword"}).content.decode()
    assert "Plain note" in html
    assert "Petrelword" not in html


def test_hits_lead_where_the_word_stands(scene, sign_in):
    circulate(scene)
    client = sign_in(scene.roster)
    held = reverse("meetings:outcome-detail", args=["nursing", scene.held.identifier])

    assert found(client, "heronword note") == {"meetings": [held]}
    assert found(client, "wrenword") == {"meetings": [
        reverse("meetings:outcome-detail", args=["nursing", scene.meeting.identifier])
        if scene.meeting.outcome_state != "none" else scene.meeting.get_absolute_url()
    ]}  # fmt: skip
    for model, kind in ((Decision, "decision"), (ActionItem, "action")):
        row = model.objects.get(text=f"heronword {kind}")
        assert found(client, f"heronword {kind}") == {f"{kind}s": [row.get_absolute_url()]}


def test_who_follows_up_finds_it_after_leaving(scene, sign_in):
    ActionItemFactory(meeting=scene.held, follower=scene.former_co_chair, text="Ruffword report")

    assert finders(scene, sign_in, "ruffword")["actions"] == {*AT_TABLE, "former_co_chair"}


def test_accents_and_beginnings_in_both_languages(scene, sign_in):
    circulate(scene)
    DecisionFactory(
        meeting=scene.held,
        text="Le comité adopte l’évaluation des compétences",
        visibility="public",
        language="fr",
    )

    for typed in ("evaluation competences", "évaluations", "COMITE"):
        assert list(found(sign_in(None), typed, "/fr/recherche/")) == ["decisions"], typed
    assert problems_of(sign_in(scene.roster).get("/fr/recherche/", {"q": "heronword"}).content.decode()) == []


@pytest.mark.parametrize("typed", ["'", "\\", "a", "\x00", "& | !", "<script>", "%"])
def test_hostile_words_find_nothing(scene, typed):
    for search in (search_items, search_decisions, search_actions):
        assert list(search(scene.staff.user, typed)) == []


def test_the_number_of_queries_does_not_grow(scene, sign_in):
    client = sign_in(scene.roster)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            client.get("/en/search/", {"q": "sameword"})
        return len(counted)

    def grow(count: int) -> None:
        for _ in range(count):
            AgendaItemFactory(meeting=scene.meeting, title="Sameword", note="Sameword")
            DecisionFactory(meeting=scene.held, text="Sameword")
            ActionItemFactory(meeting=scene.held, text="Sameword")

    grow(1)
    queries()
    with_one = queries()
    grow(2)
    assert queries() == with_one


@pytest.mark.parametrize(
    ("model", "columns"),
    [(AgendaItem, ITEM_WORDS), (Decision, DECISION_WORDS), (ActionItem, ACTION_WORDS)],
)
def test_an_index_serves_the_search(db, model, columns):
    """The expression of the query is that of the index, to the letter: where it may, PostgreSQL takes the index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")

    plan = having_words(model.objects.order_by(), columns, "heron").explain()

    assert "_words" in plan


def test_the_registers_narrow_by_the_same_words(scene, sign_in):
    circulate(scene)
    client = sign_in(scene.roster)
    scene.action.organization = scene.roster.terms.get().seat.organization
    scene.action.save()
    name = scene.action.organization.name_en

    def listed(name: str, typed: str) -> list[str]:
        page = client.get(reverse(f"meetings:{name}", args=["nursing"]), {"q": typed})
        rows = page.context["page_obj"].object_list  # in the register, each decision with its voices
        return [(row[0] if isinstance(row, tuple) else row).text for row in rows]

    assert listed("decision-list", "heron decis") == ["heronword decision"]
    assert listed("action-list", "heronw") == ["heronword action"]
    assert listed("action-list", name) == [scene.action.text]
    assert listed("action-list", "'") == []
    assert AgendaItem.objects.visible_to(scene.staff.user).first().shows_note is True
