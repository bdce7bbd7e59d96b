"""Proposals: who may make them, and that their fate is told with a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from iqn.mail.models import Message
from members.actions import people
from tests.workgroups.meeting_forms import proposal_data
from tests.workgroups.test_meeting_pages import errors_of, group_url, text_of
from workgroups.groups.models import Group
from workgroups.meetings.actions import meetings, proposals
from workgroups.meetings.errors import GroupIsConcluded, ProposalIsDecided
from workgroups.meetings.models import Meeting, Proposal


@pytest.fixture
def proposal(table) -> Proposal:
    return proposals.propose_item(
        group=table.group, title="Language tests", text="They cost **too much**.", purpose="discuss", language="en",
        by=table.roster,
    )  # fmt: skip


def decide_url(proposal) -> str:
    return reverse("meetings:proposal-decide", args=[proposal.group.slug, proposal.pk])


def test_proposing(table, sign_in):
    response = sign_in(table.roster).post(
        group_url("proposal-create", table.group), proposal_data(), follow=True
    )

    proposal = Proposal.objects.get()
    assert (proposal.proposer, proposal.title, proposal.state) == (table.roster, "Language tests", "proposed")
    assert "Language tests" in text_of(response)


def test_empty_proposal(table, sign_in):
    response = sign_in(table.roster).post(group_url("proposal-create", table.group), {"language": "xx"})

    assert sorted(errors_of(response)) == ["language", "purpose", "text", "title"]
    assert Proposal.objects.count() == 0


def test_onto_the_agenda(table, proposal, sign_in, deliver):
    response = sign_in(table.co_chair).post(
        decide_url(proposal), {"state": "on_agenda", "meeting": table.meeting.pk, "reason": ""}
    )

    assert response.status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.item.meeting, proposal.item.presenter) == (
        "on_agenda", table.meeting, table.roster,
    )  # fmt: skip
    [letter] = deliver()
    assert letter.to == ["rosa.roster@example.org"]
    assert f"It is on the agenda of {table.meeting.identifier}." in letter.body
    assert table.meeting.identifier in text_of(
        sign_in(table.roster).get(group_url("proposal-list", table.group))
    )


@pytest.mark.parametrize("state", ["parked", "declined", "answered"])
def test_otherwise_with_a_reason(table, proposal, sign_in, deliver, state):
    client = sign_in(table.secretary)
    refused = client.post(decide_url(proposal), {"state": state, "reason": " "})
    assert errors_of(refused) == {"reason": ["Give the reason."]}

    client.post(decide_url(proposal), {"state": state, "reason": "Not our part"})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by) == (state, "Not our part", table.secretary)
    [letter] = deliver()
    assert "Reason: Not our part" in letter.body
    assert "Not our part" in text_of(sign_in(table.roster).get(group_url("proposal-list", table.group)))


def test_parked_may_still_come_others_not(table, proposal, sign_in):
    proposals.decide_otherwise(proposal=proposal, state="parked", reason="Later", by=table.co_chair)
    proposals.put_on_agenda(proposal=proposal, meeting=table.meeting, by=table.co_chair)

    with pytest.raises(ProposalIsDecided):
        proposals.decide_otherwise(proposal=proposal, state="declined", reason="No", by=table.co_chair)
    response = sign_in(table.co_chair).get(decide_url(proposal), follow=True)
    assert "This proposal has been decided in the meantime." in text_of(response)


def test_only_onto_meetings_of_the_group_that_come(table, proposal, sign_in):
    client = sign_in(table.co_chair)
    for wrong in (table.held.pk, "", "x"):
        response = client.post(decide_url(proposal), {"state": "on_agenda", "meeting": wrong})
        assert list(errors_of(response)) == ["meeting"]
    Meeting.objects.filter(pk=table.meeting.pk).update(outcome_state="approved")
    late = client.post(decide_url(proposal), {"state": "on_agenda", "meeting": table.meeting.pk})
    assert len(errors_of(late)["__all__"]) == 1
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_own_decision_needs_no_letter(table, deliver):
    own = proposals.propose_item(
        group=table.group, title="T", text="T", purpose="inform", language="en", by=table.co_chair
    )
    proposals.decide_otherwise(proposal=own, state="parked", reason="Later", by=table.co_chair)

    assert deliver() == []
    assert own.pk is not None


def test_whoever_left_the_network_hears_nothing_more(table, proposal, deliver):
    waits = proposals.propose_item(
        group=table.group,
        title="Fees",
        text="Too high.",
        purpose="discuss",
        language="en",
        by=table.alternate,
    )
    proposals.decide_otherwise(proposal=waits, state="parked", reason="Later", by=table.co_chair)
    for person in (table.roster, table.alternate):
        people.leave(by=person, name_on_posts="kept")
    proposals.decide_otherwise(proposal=proposal, state="parked", reason="Later", by=table.co_chair)

    deliver()

    letters = Message.objects.filter(event="meetings.proposal_decided")
    assert [(letter.recipient, letter.state) for letter in letters] == [(table.alternate, "dropped")]


def test_taken_back_before_the_letter_went(table, proposal, deliver):
    proposals.decide_otherwise(proposal=proposal, state="parked", reason="Later", by=table.co_chair)
    Proposal.objects.update(state="proposed")

    assert deliver() == []


@pytest.mark.parametrize(
    ("who", "list_", "create", "decide"),
    [
        ("member", 403, 403, 404), ("roster", 200, 200, 403), ("alternate", 200, 200, 403), ("secretary", 200, 200, 200),
        ("co_chair", 200, 200, 200), ("other_co_chair", 403, 403, 404), ("former_co_chair", 403, 403, 404),
        ("staff", 200, 403, 200),
    ],
)  # fmt: skip
def test_who_may(table, proposal, sign_in, who, list_, create, decide):
    client = sign_in(table.people[who])

    assert client.get(group_url("proposal-list", table.group)).status_code == list_
    assert client.get(group_url("proposal-create", table.group)).status_code == create
    assert client.get(decide_url(proposal)).status_code == decide


def test_who_left_still_sees_the_fate_of_own_proposals(table, proposal, sign_in):
    table.roster.terms.update(until="2021-01-01")

    page = sign_in(table.roster).get(group_url("proposal-list", table.group))

    assert [row.title for row in page.context["proposals"]] == ["Language tests"]
    assert sign_in(table.roster).get(group_url("proposal-create", table.group)).status_code == 403


def test_concluded_groups_take_nothing_more(table, sign_in):
    Group.objects.filter(pk=table.group.pk).update(
        status="concluded", closing_note_en="Done", closing_note_fr="Fini"
    )
    with pytest.raises(GroupIsConcluded):
        proposals.propose_item(
            group=table.group, title="T", text="T", purpose="inform", language="en", by=table.roster
        )
    with pytest.raises(GroupIsConcluded):
        meetings.pass_over_quarter(
            group=table.group, year=2030, quarter=1, reason="R", language="en", by=table.co_chair
        )
    assert sign_in(table.roster).get(group_url("proposal-create", table.group)).status_code == 403


def test_queries_do_not_grow(table, sign_in):
    counts = []
    client = sign_in(table.co_chair)
    for rows in (1, 3):
        while Proposal.objects.count() < rows:
            made = proposals.propose_item(
                group=table.group, title="T", text="T", purpose="inform", language="en", by=table.roster
            )
            proposals.put_on_agenda(proposal=made, meeting=table.meeting, by=table.co_chair)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(group_url("proposal-list", table.group)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_hostile_and_french(table, sign_in):
    proposals.propose_item(
        group=table.group, title="<b>x</b>", text="<img src=x onerror=alert(1)>", purpose="inform", language="en",
        by=table.roster,
    )  # fmt: skip
    translation.activate("fr")

    page = text_of(sign_in(table.co_chair).get(group_url("proposal-list", table.group)))

    assert "<h1>Propositions</h1>" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<img" not in page
