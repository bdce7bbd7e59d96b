"""The agenda: what is typed, what is ordered, and what comes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from tests.factories.files import DocumentFactory
from tests.factories.workgroups import ActionItemFactory, AgendaItemFactory, DecisionFactory
from tests.pages_check import problems_of
from tests.workgroups.meeting_forms import item_data
from tests.workgroups.test_meeting_pages import errors_of, text_of, url
from workgroups.meetings.actions import agenda, meetings
from workgroups.meetings.errors import ItemIsInUse, NotPossibleNow, RecordIsFrozen, SavedMeanwhile
from workgroups.meetings.models import AgendaItem, Meeting, Proposal


def titles(meeting) -> list[str]:
    return list(meeting.items.values_list("title", flat=True))


@pytest.fixture
def three(table):
    return [
        AgendaItemFactory(meeting=table.meeting, title=name, position=place)
        for place, name in enumerate("ABC")
    ]


def schedule(table) -> Meeting:
    start = timezone.now() + timedelta(days=120)
    return meetings.schedule_meeting(
        group=table.group, starts_at=start, ends_at=start + timedelta(hours=1), mode="online", place="", join_link="",
        by=table.co_chair,
    )  # fmt: skip


def test_what_is_open_comes_by_itself_and_says_where_from(table, sign_in):
    AgendaItemFactory(meeting=table.held, title="Dealt with", state="done")
    ActionItemFactory(group=table.group, meeting=table.held, state="done", closed_at=timezone.now())
    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="circulated")

    meeting = schedule(table)

    approval, unfinished, action = meeting.items.all()
    assert (approval.approves, approval.purpose) == (table.held, "decide")
    assert (unfinished.title, unfinished.carried_from) == ("Bridging course", table.item)
    assert (action.about_action, action.presenter, action.subject) == (
        table.action, table.roster, table.action.identifier,
    )  # fmt: skip
    page = text_of(sign_in(table.co_chair).get(url("agenda", meeting)))
    assert f"Carried over from {table.held.identifier}" in page
    assert f"Open action {table.action.identifier}" in page
    assert f"Approval of the outcomes of {table.held.identifier}" in page


def test_nothing_comes_twice(table):
    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="circulated")
    meeting = schedule(table)
    before = titles(meeting)
    events = Event.objects.about(meeting).count()

    assert agenda.carry_over(meeting=meeting, by=table.co_chair) == 0
    assert (titles(meeting), len(before), Event.objects.about(meeting).count()) == (before, 3, events)


def test_the_approval_stands_on_one_agenda(table):
    """On that of the next meeting, and on the one after it once the next is cancelled."""
    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="circulated")
    agenda.carry_over(meeting=table.meeting, by=table.co_chair)

    later = schedule(table)

    assert not later.items.filter(approves=table.held).exists()
    Meeting.objects.filter(pk=table.meeting.pk).update(state="cancelled", state_reason="Snow")
    agenda.carry_over(meeting=later, by=table.co_chair)
    assert later.items.filter(approves=table.held).exists()


def test_adding_by_the_page(table, sign_in):
    client = sign_in(table.secretary)

    assert client.post(url("agenda", table.meeting), item_data(presenter=table.roster.pk)).status_code == 302
    refused = client.post(
        url("agenda", table.meeting), item_data(title="", minutes=0, presenter=table.member.pk)
    )

    [item] = table.meeting.items.all()
    assert (item.title, item.presenter, item.minutes, item.position) == (
        "Bridging seats",
        table.roster,
        20,
        1,
    )
    assert sorted(errors_of(refused)) == ["minutes", "presenter", "title"]


def test_order_by_buttons(table, three, sign_in):
    client = sign_in(table.co_chair)
    for do, item, after in [
        ("down", three[0], "BAC"), ("up", three[2], "BCA"), ("up", three[1], "BCA"), ("down", three[0], "BCA"),
    ]:  # fmt: skip
        client.post(url("agenda", table.meeting), {"do": do, "item": item.pk})
        assert "".join(titles(table.meeting)) == after


@pytest.mark.parametrize("item", ["", "x", "-1", "99999999999999999999", "²"])
def test_a_button_for_no_item(table, three, sign_in, item):
    response = sign_in(table.co_chair).post(url("agenda", table.meeting), {"do": "remove", "item": item})

    assert response.status_code == 404
    assert len(titles(table.meeting)) == 3


def test_approvals_and_actions_on_the_last_agenda_are_not_unfinished(table):
    """An action comes as long as it is open, and outcomes are approved once."""
    AgendaItemFactory(meeting=table.held, title="Approval of what was before", approves=table.held)
    AgendaItemFactory(meeting=table.held, title="Promised", about_action=table.action)

    assert titles(schedule(table)) == ["Bridging course", table.action.text]


def test_removing_leaves_a_proposal_to_be_decided_again(table, sign_in):
    item = AgendaItemFactory(meeting=table.meeting)
    proposal = Proposal.objects.create(
        group=table.group, proposer=table.roster, title="T", text="T", state="on_agenda", item=item
    )

    sign_in(table.co_chair).post(url("agenda", table.meeting), {"do": "remove", "item": item.pk})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.item, titles(table.meeting)) == ("proposed", None, [])


def test_what_is_recorded_stays(table, sign_in):
    item = AgendaItemFactory(meeting=table.meeting)
    DecisionFactory(meeting=table.meeting, item=item)

    with pytest.raises(ItemIsInUse):
        agenda.remove_item(item=item, by=table.co_chair)
    response = sign_in(table.co_chair).post(
        url("agenda", table.meeting), {"do": "remove", "item": item.pk}, follow=True
    )
    assert "so it stays on the agenda" in text_of(response)


def test_what_was_said_of_an_item_stays(table):
    item = AgendaItemFactory(meeting=table.meeting, note="They agreed.")

    with pytest.raises(ItemIsInUse):
        agenda.remove_item(item=item, by=table.co_chair)
    assert table.meeting.items.get() == item


def test_editing(table, three, sign_in):
    client = sign_in(table.co_chair)
    address = reverse("meetings:item-edit", args=["nursing", table.meeting.identifier, three[0].pk])
    page = client.get(address)
    assert page.context["form"].initial["title"] == "A"

    assert client.post(address, item_data(version=1, title="New")).status_code == 302
    late = client.post(address, item_data(version=1, title="Late"))

    three[0].refresh_from_db()
    assert (three[0].title, three[0].version) == ("New", 2)
    assert late.status_code == 409
    again = agenda.edit_item(item=three[0], version=2, by=table.co_chair, title="New")
    assert again.version == 2
    with pytest.raises(SavedMeanwhile):
        agenda.edit_item(item=three[0], version=1, by=table.co_chair, title="X")


def test_two_edit_one_item_and_nothing_is_lost(table, three, sign_in):
    client = sign_in(table.co_chair)
    address = reverse("meetings:item-edit", args=["nursing", table.meeting.identifier, three[0].pk])
    agenda.edit_item(
        item=three[0], version=1, by=table.secretary, title="Theirs <b>", description="One\nTwo", purpose="decide",
        presenter=table.roster,
    )  # fmt: skip

    page = client.post(address, item_data(version=1, title="Mine", purpose="inform", description="Three"))

    assert page.status_code == 409
    pairs = {str(pair.label): (pair.mine, pair.theirs) for pair in page.context["unlike"]}
    assert pairs["Item"] == ("Mine", "Theirs <b>")
    assert pairs["What it is about"] == ("Three", "One\nTwo")
    assert pairs["Purpose"] == ("To inform", "To decide")
    assert pairs["Who presents it"] == ("", "Rosa Roster")
    html = page.content.decode()
    assert 'value="Mine"' in html
    assert "Theirs &lt;b&gt;" in html
    assert problems_of(html) == []
    assert client.post(address, item_data(version=2, title="Both")).status_code == 302
    three[0].refresh_from_db()
    assert three[0].title == "Both"


def test_two_who_type_the_same_are_no_conflict(table, three):
    for by in (table.co_chair, table.secretary):
        agenda.edit_item(item=three[0], version=1, by=by, title="Same")

    three[0].refresh_from_db()
    assert (three[0].title, three[0].version) == ("Same", 2)


def test_item_of_another_meeting(table, sign_in):
    address = reverse("meetings:item-edit", args=["nursing", table.meeting.identifier, table.item.pk])

    assert sign_in(table.co_chair).get(address).status_code == 404


def test_approved_and_cancelled_agendas_stay(table, three):
    Meeting.objects.filter(pk=table.meeting.pk).update(outcome_state="approved")
    with pytest.raises(RecordIsFrozen):
        agenda.move_item(item=three[0], up=False, by=table.co_chair)
    Meeting.objects.filter(pk=table.meeting.pk).update(
        outcome_state="none", state="cancelled", state_reason="Off"
    )
    with pytest.raises(NotPossibleNow):
        agenda.add_item(meeting=table.meeting, by=table.co_chair, title="Late")
    assert titles(table.meeting) == ["A", "B", "C"]


def test_a_refusal_is_said_on_the_page(table, three, sign_in):
    Meeting.objects.filter(pk=table.meeting.pk).update(outcome_state="approved")
    client = sign_in(table.co_chair)

    refused = client.post(url("agenda", table.meeting), item_data())

    assert len(errors_of(refused)["__all__"]) == 1
    assert AgendaItem.objects.filter(meeting=table.meeting).count() == 3


def test_french_agenda(table, three, sign_in):
    translation.activate("fr")

    page = text_of(sign_in(table.co_chair).get(url("agenda", table.meeting)))

    assert "<h1>Ordre du jour</h1>" in page
    assert "En tout 30 minutes." in page
    assert "Reprendre ce qui reste ouvert" in page


def test_bringing_in_by_the_button(table, sign_in):
    response = sign_in(table.co_chair).post(url("agenda", table.meeting), {"do": "carry"}, follow=True)

    assert "2 items came onto the agenda." in text_of(response)
    assert table.meeting.items.count() == 2


# Papers


def test_papers_are_chosen_among_the_documents_of_the_group(table, sign_in, uploads):
    client = sign_in(table.co_chair)
    assert 'name="papers"' not in text_of(client.get(url("agenda", table.meeting)))
    ours, other = DocumentFactory(group=table.group), DocumentFactory(group=table.group, visibility="public")
    gone = DocumentFactory(group=table.group, is_withdrawn=True)
    theirs = DocumentFactory(group=table.other_group)

    for wrong in (theirs, gone):
        refused = client.post(url("agenda", table.meeting), item_data(papers=[wrong.pk]))
        assert "papers" in errors_of(refused)
    assert client.post(url("agenda", table.meeting), item_data(papers=[ours.pk, other.pk])).status_code == 302

    [item] = table.meeting.items.all()
    assert set(item.papers.all()) == {ours, other}
    edit = reverse("meetings:item-edit", args=["nursing", table.meeting.identifier, item.pk])
    assert text_of(client.get(edit)).count(" checked") == 2
    client.post(edit, item_data(version=1, papers=[other.pk]))
    item.refresh_from_db()
    assert (list(item.papers.all()), item.version) == ([other], 2)
    client.post(edit, item_data(version=2, papers=[other.pk]))  # nothing new
    item.refresh_from_db()
    assert item.version == 2
    agenda.edit_item(item=item, version=2, by=table.co_chair, title="New")
    assert list(item.papers.all()) == [other]
    page = text_of(sign_in(table.member).get(table.meeting.get_absolute_url()))
    assert f'<a href="{other.get_absolute_url()}">' in page


def test_papers_come_over_with_what_is_not_finished(table, uploads):
    kept, gone = DocumentFactory(group=table.group), DocumentFactory(group=table.group, is_withdrawn=True)
    table.item.papers.set([kept, gone])

    meeting = schedule(table)

    assert list(meeting.items.get(carried_from=table.item).papers.all()) == [kept]
