"""When a term ends: what is open is handed on one by one, and nothing changes its owner by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from tests.factories.members import make_person
from tests.factories.workgroups import ActionItemFactory, MeetingFactory, SeatFactory, TermFactory, make_term
from tests.pages_check import problems_of
from workgroups.groups.actions import roster
from workgroups.groups.choices import GroupStatus
from workgroups.meetings.actions import action_items
from workgroups.meetings.actions.action_items import Hands
from workgroups.meetings.errors import GroupIsConcluded, NotAtTheTable, NotPossibleNow
from workgroups.meetings.models import ActionItem, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(table):
    """Rosa's term ended yesterday; two actions of a circulated record are open, Nora sits on the seat."""
    Meeting.objects.filter(pk=table.held.pk).update(outcome_state="circulated")
    term = table.roster.terms.select_related("seat").get()
    table.second = ActionItemFactory(meeting=table.held, follower=table.roster, text="The second one")
    table.successor = make_term(table.group, "Nora Next", seat=term.seat, since=timezone.localdate()).person
    roster.end_term(by=table.co_chair, term=term, until=timezone.localdate())
    term.refresh_from_db()
    table.term = term
    return table


def page_of(table) -> str:
    return reverse("groups:term-handover", args=["nursing", table.term.pk])


def save(client, table, **chosen):
    data = {f"a{getattr(table, name).pk}": value for name, value in chosen.items()}
    return client.post(reverse("meetings:seat-handover", args=["nursing", table.term.pk]), data, follow=True)


def hand_on(table, *choices: Hands):
    return action_items.hand_on(choices=choices, by=table.co_chair)


def test_a_term_that_ends_changes_no_owner(ended):
    for action in (ended.action, ended.second):
        action.refresh_from_db()
        assert (action.follower, action.seat) == (ended.roster, None)


def test_actions_are_handed_on_one_by_one(ended, sign_in):
    client = sign_in(ended.co_chair)
    html = client.get(page_of(ended)).content.decode()
    assert problems_of(html) == []
    assert "Stays with the seat: Nora Next" in html

    done = save(client, ended, action="seat", second=str(ended.secretary.pk))

    assert "2 actions are settled." in done.content.decode()
    for action in (ended.action, ended.second):
        action.refresh_from_db()
    assert (ended.action.follower, ended.action.seat) == (ended.successor, ended.term.seat)
    assert (ended.second.follower, ended.second.seat) == (ended.secretary, None)
    told = Event.objects.filter(verb="meetings.action_handed_over")
    assert {event.target_id for event in told} == {ended.action.pk, ended.second.pk}
    assert not [event for event in told if "Nora" in event.sentence_en or "Sven" in event.sentence_fr]
    again = save(client, ended, action="seat")
    assert "settled" in again.content.decode()
    assert told.count() == 2


def test_without_a_successor_it_waits_with_the_seat(ended, sign_in):
    ended.successor.terms.all().delete()
    client = sign_in(ended.co_chair)
    assert "Stays with the seat, for whoever comes next" in client.get(page_of(ended)).content.decode()

    save(client, ended, action="seat", second="")

    ended.action.refresh_from_db()
    ended.second.refresh_from_db()
    assert (ended.action.follower, ended.action.seat) == (ended.roster, ended.term.seat)
    assert (ended.second.seat, ended.second.version) == (None, 1)
    assert Event.objects.filter(verb="meetings.action_kept_with_seat").count() == 1
    html = client.get(page_of(ended)).content.decode()
    assert "with the seat:" in html
    TermFactory(seat=ended.term.seat, person=make_person("Late Comer"))
    save(client, ended, action="seat")
    ended.action.refresh_from_db()
    assert ended.action.follower.name == "Late Comer"


def test_somebody_who_keeps_it_may_leave_it_with_their_seat(table):
    seat = table.roster.terms.get().seat

    hand_on(table, Hands(table.action, table.roster, seat))
    hand_on(table, Hands(table.action, table.roster, seat))
    action_items.keep_with_seat(action=table.action, seat=seat, by=table.co_chair)
    hand_on(table, Hands(table.action, table.roster))

    verbs = Event.objects.about(table.action).values_list("verb", flat=True)
    assert list(verbs) == ["meetings.action_kept_with_seat"] * 2
    table.action.refresh_from_db()
    assert table.action.seat is None


def test_only_to_those_at_the_table_and_while_it_is_open(ended):
    action_items.finish(action=ended.second, by=ended.co_chair)
    refused = hand_on(ended, Hands(ended.action, ended.former_co_chair), Hands(ended.second, ended.secretary))
    assert [type(refused[action]) for action in (ended.action, ended.second)] == [
        NotAtTheTable,
        NotPossibleNow,
    ]
    ended.group.status, ended.group.closing_note_en = GroupStatus.CONCLUDED, "Done"
    ended.group.save()
    with pytest.raises(GroupIsConcluded):
        action_items.keep_with_seat(action=ended.action, seat=ended.term.seat, by=ended.staff)


def test_what_cannot_be_done_is_said(ended, sign_in, monkeypatch):
    client = sign_in(ended.co_chair)
    forged = save(client, ended, action=str(ended.former_co_chair.pk))
    assert "Something changed in the meantime. Choose again." in forged.content.decode()

    def refuse(*_values):
        raise NotAtTheTable

    monkeypatch.setattr(action_items, "_give", refuse)
    refused = save(client, ended, action=str(ended.secretary.pk))
    assert f"{ended.action.identifier}: This person is not at the table today." in refused.content.decode()
    assert "settled" not in refused.content.decode()
    ended.action.refresh_from_db()
    assert ended.action.follower == ended.roster


def test_who_may_hand_on(ended, sign_in):
    for role in ("roster", "alternate", "member", "other_co_chair", "former_co_chair"):
        assert save(sign_in(ended.people[role]), ended, action="seat").status_code == 403
    assert "<select" not in sign_in(ended.roster).get(page_of(ended)).content.decode()
    assert sign_in(ended.secretary).get(
        reverse("meetings:seat-handover", args=["nursing", ended.term.pk])
    ).url == page_of(ended)
    standing = TermFactory(seat=SeatFactory(group=None), person=ended.secretary)
    path = reverse("meetings:seat-handover", args=["nursing", standing.pk])
    assert sign_in(ended.staff).get(path).status_code == 404


def test_the_page_shows_what_the_next_person_needs(ended, sign_in, record_queries):
    for n in range(1, 7):
        MeetingFactory(
            group=ended.group, starts_at=timezone.now() - timedelta(days=100 * n), outcome_state="circulated",
            sequence=n + 20,
        )  # fmt: skip
    client = sign_in(ended.successor)
    html = client.get(page_of(ended)).content.decode()

    assert html.count("Outcomes of NUR-") == 4
    assert ended.meeting.identifier in html
    assert "History of the group" in html
    chair = sign_in(ended.co_chair)
    before = record_queries(lambda: chair.get(page_of(ended)))
    for _ in range(3):
        ActionItemFactory(meeting=ended.held, follower=ended.roster, seat=ended.term.seat)
    assert record_queries(lambda: chair.get(page_of(ended))) == before
    with translation.override("fr"):
        french = chair.get(page_of(ended)).content.decode()
    assert problems_of(french) == []
    assert "Reste rattaché au siège" in french


def test_the_page_of_an_action_says_with_which_seat_it_stays(table, sign_in):
    ActionItem.objects.filter(pk=table.action.pk).update(seat=table.roster.terms.get().seat)

    assert (
        "Stays with the seat" in sign_in(table.roster).get(table.action.get_absolute_url()).content.decode()
    )


# --- Whoever has it now hears of it


def told(deliver) -> list[tuple[str, str, str]]:
    return [(letter.to[0], letter.subject, letter.body) for letter in deliver()]


def test_one_letter_tells_the_next_person_all_that_is_theirs(ended, deliver):
    who = ended.secretary
    hand_on(ended, Hands(ended.action, who), Hands(ended.second, who, ended.term.seat))

    ((address, subject, body),) = told(deliver)

    assert address == who.mail_address
    assert subject == f"In your hands from now on: 2 actions, {ended.group.name}"
    assert f"Hello {who.name}," in body
    assert f"{ended.co_chair.display_name} put them in your hands" in body
    for action in (ended.action, ended.second):
        assert f"{action.identifier}: {action.text}" in body
    assert body.count("/en/work-groups/actions/answer/") == 2


def test_the_letter_is_in_the_language_of_its_reader_and_its_link_serves_them(ended, deliver, client):
    ended.secretary.language = "fr"
    ended.secretary.save()
    hand_on(ended, Hands(ended.action, ended.secretary))

    ((_address, subject, body),) = told(deliver)

    assert subject.startswith("Nouveau suivi à votre charge : ".replace(" :", "\u00a0:"))
    assert f"{ended.co_chair.display_name} vous l’a confié" in body
    path = next(word for word in body.split() if "/fr/" in word).split("/", 3)[3]
    assert ended.action.identifier in client.get(f"/{path}").content.decode()


def test_nobody_hears_of_it_twice_or_of_what_is_no_longer_theirs(ended, deliver):
    hand_on(ended, Hands(ended.action, ended.secretary))
    hand_on(ended, Hands(ended.action, ended.secretary))
    hand_on(ended, Hands(ended.action, ended.successor))

    assert [address for address, _subject, _body in told(deliver)] == [ended.successor.mail_address]


def test_who_takes_it_on_needs_no_letter_and_a_draft_tells_nobody(ended, deliver):
    hand_on(ended, Hands(ended.action, ended.co_chair))
    Meeting.objects.filter(pk=ended.second.meeting_id).update(outcome_state="draft")
    hand_on(ended, Hands(ended.second, ended.secretary))

    assert told(deliver) == []


def test_a_circulated_record_that_names_somebody_else_tells_them(ended, deliver):
    values = {"text": ended.action.text, "follower": ended.secretary, "due": ended.action.due}
    action_items.change(action=ended.action, version=1, values=values, by=ended.co_chair)
    action_items.change(action=ended.action, version=2, values={**values, "text": "Other"}, by=ended.co_chair)
    new = action_items.note(item=ended.action.item, values={**values, "text": "New"}, by=ended.co_chair)

    bodies = [body for _address, _subject, body in told(deliver)]
    assert len(bodies) == 2
    assert new.identifier in bodies[1]
