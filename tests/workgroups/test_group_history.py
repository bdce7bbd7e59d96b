"""The history of a group: what happened, newest first, each sentence for those who may see what it is about."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from iqn.history.recording import record
from members.choices import MembershipState
from tests.factories.members import make_person
from tests.factories.workgroups import AgendaItemFactory
from tests.pages_check import problems_of
from tests.workgroups.outcome_scene import circulate, fill
from workgroups.groups.actions import group as group_actions
from workgroups.groups.actions import roster
from workgroups.groups.choices import GroupStatus
from workgroups.meetings.actions import action_items, decisions, meetings, proposals, records

pytestmark = pytest.mark.django_db

PATH = "/en/work-groups/nursing/history/"


def verbs(client, query: str = "") -> list[str]:
    response = client.get(PATH + query)
    assert response.status_code == 200
    return [event.verb.rpartition(".")[2] for event in response.context["page_obj"].object_list]


@pytest.fixture
def story(table):
    """One event of each kind; the record is circulated."""
    fill(table)
    group_actions.change_status(by=table.co_chair, group=table.group, status=GroupStatus.DORMANT)
    group_actions.change_status(by=table.co_chair, group=table.group, status=GroupStatus.ACTIVE)
    roster.end_term(
        by=table.co_chair, term=table.alternate.terms.get(), until=table.meeting.local_start.date()
    )
    proposals.propose_item(
        group=table.group, title="Idea", text="Why", purpose="discuss", language="en", by=table.roster
    )
    item = AgendaItemFactory(meeting=table.held)
    for visibility in ("public", "roster"):
        decisions.take(item=item, values={"text": "Yes", "visibility": visibility}, by=table.co_chair)
    action_items.note(
        item=item, by=table.co_chair,
        values={"text": "Do", "follower": table.roster, "due": table.meeting.local_start.date()},
    )  # fmt: skip
    records.save_item(item=item, version=1, note="Note", visibility="roster", state="done", by=table.co_chair)
    circulate(table)
    meetings.edit_meeting(
        meeting=table.meeting, version=1, mode="online", place="Hall", join_link="", by=table.co_chair
    )
    return table


def test_members_read_what_was_told_to_them(story, sign_in):
    assert verbs(sign_in(story.member)) == [
        "meeting_edited", "outcomes_circulated", "decision_taken", "term_ended", "status_changed", "status_changed",
    ]  # fmt: skip


def test_the_table_reads_all_of_it_and_filters_by_kind(story, sign_in):
    client = sign_in(story.roster)

    assert verbs(client) == [
        "meeting_edited", "outcomes_circulated", "item_recorded", "action_noted", "decision_taken", "decision_taken",
        "item_proposed", "term_ended", "status_changed", "status_changed",
    ]  # fmt: skip
    kinds = {
        "group": ["status_changed"] * 2, "roster": ["term_ended"], "decisions": ["decision_taken"] * 2,
        "meetings": ["meeting_edited", "outcomes_circulated", "item_recorded"], "actions": ["action_noted"],
        "proposals": ["item_proposed"],
    }  # fmt: skip
    assert {kind: verbs(client, f"?kind={kind}") for kind in kinds} == kinds
    assert verbs(client, "?kind=roster&kind=actions") == ["action_noted", "term_ended"]
    assert verbs(client, "?kind=nonsense&page=zero") == verbs(client)


def test_strangers_and_other_groups(story, sign_in):
    applicant = make_person("Ada Applicant", MembershipState.APPLIED)
    assert sign_in(None).get(PATH).status_code == 302
    assert sign_in(applicant).get(PATH).status_code == 403
    assert sign_in(story.member).get("/en/work-groups/no-such/history/").status_code == 404
    law = sign_in(story.member).get("/en/work-groups/law/history/")
    assert law.context["page_obj"].object_list == []
    assert "What happens in the group appears here." in law.content.decode()


def test_events_for_staff_are_for_staff(story, sign_in):
    record(
        by=story.staff, verb="groups.noted", target=story.group, for_staff=True, phrase="%(actor)s noted it."
    )

    assert verbs(sign_in(story.staff))[0] == "noted"
    assert "noted" not in verbs(sign_in(story.co_chair))


def test_csv_and_french(story, sign_in):
    client = sign_in(story.member)
    lines = client.get(PATH, {"format": "csv", "kind": "decisions"}).getvalue().decode().splitlines()
    assert len(lines) == 2
    assert "Cora Chair recorded decision" in lines[1]
    with translation.override("fr"):
        html = client.get(reverse("groups:history", args=["nursing"])).content.decode()
    assert problems_of(html) == []
    assert "Historique du groupe" in html
    assert "décision" in html


def test_a_page_has_twenty_five_and_the_queries_do_not_grow(story, sign_in, record_queries):
    client = sign_in(story.roster)

    def get():
        return client.get(PATH)

    few = record_queries(get)
    for n in range(30):
        record(by=story.co_chair, verb="groups.group_edited", target=story.group, phrase=f"Edited {n} times.")
    assert record_queries(get) == few
    assert few <= 14
    assert len(get().context["page_obj"].object_list) == 25
    assert get().context["page_obj"].object_list[0].sentence == "Edited 29 times."


def test_the_group_page_leads_there_those_who_may_read_it(table, sign_in):
    for role, leads in ((None, False), (table.member, True), (table.roster, True)):
        assert (PATH in sign_in(role).get("/en/work-groups/nursing/").content.decode()) == leads
