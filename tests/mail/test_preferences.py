"""Reminders that one may switch off: the page, the link at the foot of a letter, and what holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from iqn import links
from iqn.history.models import Event
from iqn.mail import actions, preferences
from iqn.mail.models import MailChoice
from tests.factories.members import PersonFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
PATH = "/en/settings/notifications/"
EVENTS = [
    "meetings.agenda_missing",
    "meetings.outcomes_missing",
    "meetings.action_due",
    "meetings.action_overdue",
]
ONE = EVENTS[0]


def by_link(person) -> str:
    return f"{PATH}{links.token(preferences.LINK, person=person.pk)}/"


def test_what_is_in_force_is_ticked(cast, sign_in):
    client = sign_in(cast.member)
    assert client.get(PATH).content.decode().count(" checked") == len(EVENTS)

    client.post(PATH, {event.replace(".", "-"): "on" for event in EVENTS[1:]})

    assert preferences.in_force(cast.member) == {ONE: False, **dict.fromkeys(EVENTS[1:], True)}
    html = client.get(PATH).content.decode()
    assert html.count(" checked") == len(EVENTS) - 1
    assert problems_of(html) == []
    assert preferences.in_force(cast.author) == dict.fromkeys(EVENTS, True)


def test_only_what_may_be_switched_off_is_asked(cast):
    actions.choose_letters(by=cast.member, wanted=set())

    assert not preferences.wants(cast.member, ONE)
    assert preferences.wants(cast.member, "meetings.invitation")
    assert preferences.wants(None, ONE)


def test_on_again(cast):
    actions.choose_letters(by=cast.member, wanted=set())
    actions.choose_letters(by=cast.member, wanted=set())
    actions.choose_letters(by=cast.member, wanted=set(EVENTS))

    assert preferences.wants(cast.member, ONE)
    assert MailChoice.objects.count() == len(EVENTS)
    events = Event.objects.filter(verb="mail.letters_chosen")
    assert [event.for_staff for event in events] == [True, True]


def test_a_link_serves_its_person_without_signing_in(client):
    person = PersonFactory(user=None)
    path = by_link(person)

    assert client.post(path, {})["Location"] == path
    assert preferences.in_force(person) == dict.fromkeys(EVENTS, False)


def test_reading_changes_nothing(cast, client):
    client.get(by_link(cast.member))
    assert MailChoice.objects.count() == 0


def test_an_old_link_leads_to_the_page_of_the_account(cast, client):
    path = by_link(cast.member)
    with time_machine.travel(timezone.now() + timedelta(days=401)):
        assert client.get(path)["Location"] == PATH


def test_links_of_other_purposes_open_nothing(cast, client):
    signed = links.token("meetings.action", person=cast.member.pk)
    assert client.get(f"{PATH}{signed}/").status_code == 404
    assert client.get(by_link(PersonFactory.build(pk=1))).status_code == 404


def test_what_was_chosen_goes_to_the_account(cast):
    old = PersonFactory(user=None)
    actions.choose_letters(by=old, wanted=set(EVENTS[:2]))
    actions.choose_letters(by=cast.member, wanted=set(EVENTS) - {ONE, EVENTS[2]})
    actions.choose_letters(by=cast.member, wanted=set(EVENTS) - {ONE})

    preferences.move_to_account(old, cast.member)

    assert preferences.in_force(cast.member) == dict(zip(EVENTS, (False, True, True, False), strict=True))


def test_french_page(cast, sign_in):
    with translation.override("fr"):
        path = reverse("portal:letters")
    html = sign_in(cast.member).get(path).content.decode()

    assert path == "/fr/parametres/avis/"
    assert "Rappels par courriel" in html
    assert problems_of(html) == []


def test_the_account_leads_there(cast, sign_in):
    assert f'href="{PATH}"' in sign_in(cast.member).get(reverse("members:account")).content.decode()
