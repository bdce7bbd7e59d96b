"""Actions: registers, one's own, done and postponed on the page and from the letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from iqn import links
from iqn.history.models import Event
from tests.factories.workgroups import ActionItemFactory, make_term
from tests.pages_check import problems_of
from tests.workgroups.outcome_scene import circulate, fill
from workgroups.groups.choices import GroupStatus, Part
from workgroups.meetings.actions import action_items
from workgroups.meetings.choices import ActionState, OutcomeState
from workgroups.meetings.errors import (
    DueBeforeMeeting,
    GroupIsConcluded,
    NobodyOwnsIt,
    NotPossibleNow,
    NotTheFollower,
    StaleVersion,
)
from workgroups.meetings.outcome_letters import ACTION_LINK

pytestmark = pytest.mark.django_db


def page(action, verb: str) -> str:
    return reverse(f"meetings:action-{verb}", args=[action.group.slug, action.identifier])


@pytest.fixture
def link(table):
    signed = links.token(ACTION_LINK, action=table.action.pk, person=table.roster.pk)
    return reverse("meetings:action-answer", args=[signed])


def reloaded(action):
    action.refresh_from_db()
    return action


def test_done_takes_a_click_and_a_confirmation(table, sign_in):
    client = sign_in(table.roster)
    mine = client.get(reverse("meetings:action-mine")).content.decode()
    assert page(table.action, "finish") in mine
    assert client.get(page(table.action, "finish")).status_code == 200
    assert reloaded(table.action).is_open

    response = client.post(page(table.action, "finish"), {"closing_note": "They answered."})

    assert (response.status_code, response["Location"]) == (302, reverse("meetings:action-mine"))
    action = reloaded(table.action)
    assert (action.state, action.closing_note, action.follower) == ("done", "They answered.", table.roster)
    assert Event.objects.about(action).get(verb="meetings.action_done").actor == table.roster
    assert client.post(page(table.action, "finish"), {}).status_code == 302  # closed already
    assert "They answered." in client.get(action.get_absolute_url()).content.decode()


def test_postponing_keeps_the_first_day(table, sign_in):
    table.held.outcome_state = OutcomeState.CIRCULATED
    table.held.save()
    first, later = table.action.due, timezone.localdate() + timedelta(days=90)
    client = sign_in(table.co_chair)
    assert client.post(page(table.action, "postpone"), {"due": "2001-01-01"}).status_code == 200
    assert client.post(page(table.action, "postpone"), {"due": later.isoformat()}).status_code == 302

    action = reloaded(table.action)
    assert (action.due, action.first_due, action.postponed, action.follower) == (
        later,
        first,
        1,
        table.roster,
    )
    event = Event.objects.about(action).get(verb="meetings.action_postponed")
    assert "reporté" in event.sentence_fr


def test_a_scanner_that_follows_the_link_changes_nothing(table, sign_in, link):
    client = sign_in(None)
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert reloaded(table.action).is_open
    assert reloaded(table.action).version == 1


def test_done_from_the_letter_without_signing_in(table, sign_in, link):
    client = sign_in(None)
    response = client.post(link, {"do": "done", "closing_note": ""})
    assert response.status_code == 302
    assert reloaded(table.action).state == ActionState.DONE
    html = client.get(response["Location"]).content.decode()
    assert "This action is closed." in html
    assert client.post(link, {"do": "postpone", "due": "2099-01-01"}).status_code == 200  # used twice
    assert reloaded(table.action).state == ActionState.DONE


def test_postponed_from_the_letter(table, sign_in, link):
    later, first = timezone.localdate() + timedelta(days=40), table.action.due
    client = sign_in(None)
    assert client.post(link, {"do": "postpone", "due": ""}).status_code == 200
    response = client.post(link, {"do": "postpone", "due": later.isoformat()})
    assert response.status_code == 302
    assert "It is postponed until" in client.get(response["Location"]).content.decode()
    action = reloaded(table.action)
    assert (action.due, action.first_due, action.postponed) == (
        later,
        first,
        1,
    )  # what was promised at first is kept


def test_links_late_altered_or_of_somebody_who_handed_it_on(table, sign_in, link):
    client = sign_in(None)
    assert client.get(link[:-3] + "x/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=121)):
        assert client.get(link).status_code == 410
    table.action.follower = table.alternate
    table.action.save()
    for verb in ("get", "post"):
        assert getattr(client, verb)(link).status_code == 410
    assert reloaded(table.action).is_open
    table.action.delete()
    assert client.get(link).status_code == 410


def test_a_follower_who_changes_at_that_moment(table, sign_in, link, monkeypatch):
    def refuse(**kwargs):
        raise NotTheFollower

    monkeypatch.setattr(action_items, "finish", refuse)
    assert sign_in(None).post(link, {"do": "done"}).status_code == 409


def test_refusals_of_the_actions(table):
    action, by = table.action, table.roster
    values = {"text": "x", "follower": None, "due": timezone.localdate()}
    with pytest.raises(NobodyOwnsIt):
        action_items.note(item=table.item, values=values, by=by)
    early = {**values, "follower": by, "due": table.held.local_start.date() - timedelta(days=1)}
    with pytest.raises(DueBeforeMeeting):
        action_items.change(action=action, version=1, values=early, by=by)
    with pytest.raises(NotTheFollower):
        action_items.finish(action=action, by=table.alternate, from_mail=True)
    with pytest.raises(NotPossibleNow):
        action_items.postpone(action=action, due=timezone.localdate() - timedelta(days=1), by=by)
    assert action_items.postpone(action=action, due=action.due, by=by).postponed == 0
    same = {"text": action.text, "follower": action.follower, "due": action.due}
    assert action_items.change(action=action, version=1, values=same, by=by).version == 1
    action_items.change(action=action, version=1, values={**same, "text": "New"}, by=by)
    with pytest.raises(StaleVersion):
        action_items.change(action=action, version=1, values={**same, "text": "Newer"}, by=by)
    table.held.outcome_state = OutcomeState.CIRCULATED
    table.held.save()
    with pytest.raises(NotPossibleNow):
        action_items.take_back(action=action, by=by)
    action_items.finish(action=action, by=by)
    assert action_items.finish(action=action, by=table.co_chair).closing_note == ""
    table.group.status, table.group.closing_note_en = GroupStatus.CONCLUDED, "Done."
    table.group.save()
    with pytest.raises(GroupIsConcluded):
        action_items.finish(action=action, by=by)


def test_refused_on_the_page_with_a_sentence(table, sign_in, monkeypatch):
    def refuse(**kwargs):
        raise NotPossibleNow

    monkeypatch.setattr(action_items, "finish", refuse)
    response = sign_in(table.roster).post(page(table.action, "finish"), {}, follow=True)
    assert "This is not possible now." in response.content.decode()


def test_who_left_the_roster_still_finds_and_closes_their_action(table, sign_in):
    table.action.follower = table.former_co_chair
    table.action.save()
    client = sign_in(table.former_co_chair)
    assert client.get(table.action.get_absolute_url()).status_code == 200
    assert client.post(page(table.action, "finish"), {}).status_code == 302
    assert reloaded(table.action).state == ActionState.DONE


def test_overdue_is_shown_in_the_time_of_halifax(table, sign_in):
    day = timezone.localdate()
    table.action.due = day
    table.action.save()
    client = sign_in(table.roster)
    assert "Overdue" not in client.get(table.action.get_absolute_url()).content.decode()
    table.action.due = day - timedelta(days=1)
    table.action.save()
    assert "Overdue" in client.get(table.action.get_absolute_url()).content.decode()
    url = reverse("meetings:action-list", args=["nursing"])
    assert table.action.identifier in client.get(url, {"state": "overdue"}).content.decode()
    assert table.action.identifier not in client.get(url, {"state": "done"}).content.decode()


def test_the_public_does_not_read_who_follows_up(table, sign_in):
    fill(table)
    circulate(table)
    url = reverse("meetings:action-list", args=["nursing"])
    for role, shows in ((None, False), (table.member, True)):
        html = sign_in(role).get(url).content.decode()
        csv = sign_in(role).get(url, {"format": "csv"}).getvalue().decode()
        public = type(table.action).objects.get(text="loonword action").get_absolute_url()
        assert ("Rosa Roster" in html, "Rosa Roster" in csv) == (shows, shows)
        assert ("Rosa Roster" in sign_in(role).get(public).content.decode()) == shows


def test_staff_see_the_actions_of_all_groups(table, sign_in):
    url = reverse("meetings:action-list-all")
    html = sign_in(table.staff).get(url).content.decode()
    assert table.action.identifier in html
    assert "Nursing" in html
    assert sign_in(table.co_chair).get(url).status_code == 403


def test_the_number_of_queries_does_not_grow(table, sign_in, record_queries):
    urls = {
        reverse("meetings:action-mine"): table.roster,
        reverse("meetings:action-list", args=["nursing"]): table.roster,
        reverse("meetings:action-list-all"): table.staff,
    }
    clients = {url: sign_in(person) for url, person in urls.items()}
    few = {url: record_queries(lambda url=url: clients[url].get(url)) for url in urls}
    for _n in range(3):
        ActionItemFactory(
            meeting=table.held,
            follower=table.roster,
            organization=make_term(table.group, f"N {_n}").seat.organization,
        )
    assert {url: record_queries(lambda url=url: clients[url].get(url)) for url in urls} == few


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_sound_in_both_languages(table, sign_in, link, language):
    with translation.override(language):
        client = sign_in(table.staff)
        table.action.follower = table.staff
        table.action.save()
        signed = links.token(ACTION_LINK, action=table.action.pk, person=table.staff.pk)
        urls = [
            reverse("meetings:action-mine"), reverse("meetings:action-list", args=["nursing"]),
            reverse("meetings:action-list-all"), table.action.get_absolute_url(), page(table.action, "finish"),
            page(table.action, "postpone"), reverse("meetings:action-answer", args=[signed]),
        ]  # fmt: skip
        for url in urls:
            html = client.get(url).content.decode()
            assert problems_of(html) == [], url
            assert ("chéance" in html) == (language == "fr"), url


def test_hostile_texts_and_addresses(table, sign_in):
    table.action.text = "<script>window.__x=1</script>"
    table.action.visibility = Part.ROSTER
    table.action.save()
    client = sign_in(table.roster)
    url = reverse("meetings:action-list", args=["nursing"])
    for query in ({}, {"q": "' OR 1=1 --\x00"}, {"year": "NaN"}, {"state": "nonsense"}, {"q": "script"}):
        response = client.get(url, query)
        assert response.status_code == 200
        assert "<script>window" not in response.content.decode()
    for identifier in ("NUR-2026-A00000009", "NUR-2026-A99999", "x", "LAW-2026-A01", "NUR-2026-D01"):
        assert client.get(f"/en/work-groups/nursing/actions/{identifier}/").status_code == 404
