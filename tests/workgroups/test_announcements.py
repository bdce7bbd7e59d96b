"""Announcements: one letter each to those on the roster of today, and what became of it."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from iqn.limits import RateLimited
from iqn.mail.models import Message, MessageState
from tests.factories.members import PersonFactory
from tests.factories.workgroups import GroupFactory, TermFactory, make_term
from tests.pages_check import problems_of
from tests.site.hostile import XSS
from tests.world import TABLE
from workgroups.groups.actions import announcements as actions
from workgroups.groups.errors import GroupIsConcluded, NobodyToReach
from workgroups.groups.models import Announcement

pytestmark = pytest.mark.django_db

DATA = {"subject": "A new date", "text": "We meet **later**.\n\nSee you.", "language": "en"}


def url(name: str) -> str:
    return reverse(f"groups:announcement-{name}", args=["nursing"])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def announced(table, **extra) -> Announcement:
    return actions.announce(by=table.co_chair, group=table.group, **{**DATA, **extra})


@pytest.mark.parametrize("role", TABLE)
def test_who_may_write_and_who_may_read(table, sign_in, role):
    client = sign_in(getattr(table, role, None))
    got = client.get(url("list")).status_code, client.get(url("create")).status_code
    runs, sits = role in ("secretary", "co_chair", "staff"), role in ("roster", "alternate")
    assert got == (
        (200, 200) if runs else (200, 403) if sits else (302, 302) if role == "anonymous" else (403, 403)
    )


def test_it_goes_to_everybody_on_the_roster_once(table, sign_in, deliver):
    TermFactory(
        seat=make_term(table.group, "", person=table.roster).seat, person=table.alternate
    )  # on two seats
    outside = TermFactory(
        seat=table.roster.terms.first().seat, person=PersonFactory(user=None), email="out@example.org"
    )
    closed = make_term(table.group, "Carl Closed").person
    closed.user.is_active = False
    closed.user.save()
    table.alternate.language = "fr"
    table.alternate.save()
    people = {table.roster, table.alternate, table.secretary, table.co_chair, outside.person}
    people |= {
        term.person for term in table.group.seats.get(terms__person__name="Second Chair").terms.current()
    }
    client = sign_in(table.co_chair)
    assert f"It goes by mail to {len(people)} people" in text_of(client.get(url("create")))

    response = client.post(url("create"), DATA)

    assert (response.status_code, response["Location"]) == (302, url("list"))
    letters = deliver()
    addresses = {person.user.email if person.user else "out@example.org" for person in people}
    assert sorted(letter.to[0] for letter in letters) == sorted(addresses)
    by_address = {letter.to[0]: letter for letter in letters}
    mine = by_address[table.roster.user.email]
    assert mine.subject == "NUR: A new date"
    assert "Cora Chair writes to everybody on the roster of Nursing:" in mine.body
    assert "We meet **later**." in mine.body
    assert "(The text is in" not in mine.body
    french = by_address[table.alternate.user.email].body
    assert "Cora Chair écrit à tous les membres du groupe Soins infirmiers\u00a0:" in french
    assert "(Le texte est en anglais.)" in french
    assert "/fr/groupes-de-travail/nursing/annonces/" in french
    [event] = Event.objects.about(table.group)
    assert (event.sentence_en, event.data) == (
        "Cora Chair wrote to the roster of Nursing.", {"announcement": Announcement.objects.get().pk},
    )  # fmt: skip


def test_whoever_left_meanwhile_gets_none(table, deliver):
    announcement = announced(table, language="fr", subject="Une date", text="Plus tard.")
    table.roster.terms.update(until=timezone.localdate())
    table.secretary.user.email = "moved@example.org"
    table.secretary.user.save()
    letters = deliver()
    assert len(letters) == announcement.letters - 2
    assert {"(The text is in French.)" in letter.body for letter in letters} == {True}
    Announcement.objects.all().delete()
    Message.objects.update(state=MessageState.QUEUED)
    assert deliver() == []


def test_what_became_of_the_letters(table, sign_in):
    first, second = announced(table), announced(table, subject="Again")
    states = [
        MessageState.QUEUED, MessageState.SENDING, MessageState.SENT, MessageState.FAILED, MessageState.UNSURE,
    ]  # fmt: skip
    letters = Message.objects.filter(params__announcement=second.pk).order_by("pk")
    assert letters.count() == len(states)
    for letter, state in zip(letters, states, strict=True):
        Message.objects.filter(pk=letter.pk).update(state=state)
    Message.objects.filter(params__announcement=first.pk).update(state=MessageState.DROPPED)

    page = text_of(sign_in(table.co_chair).get(url("list")))

    for words in (
        "2 waiting to be sent",
        ">1 sent<",
        ">2 failed<",
        "5 not sent: left the roster",
        "to 5 people",
    ):
        assert words in page, words
    readers = text_of(sign_in(table.roster).get(url("list")))
    assert "<strong>later</strong>" in readers
    assert "failed" not in readers
    Message.objects.all().delete()  # as the ledger does after 90 days
    assert "known for 90 days" in text_of(sign_in(table.co_chair).get(url("list")))


def test_refusals(table, sign_in):
    client = sign_in(table.co_chair)
    response = client.post(url("create"), {"subject": " ", "text": "", "language": "de"})
    assert sorted(response.context["form"].errors) == ["language", "subject", "text"]
    assert client.post(url("create"), {**DATA, "subject": "See https://x.example"}).status_code == 200
    nobody = GroupFactory()
    with pytest.raises(NobodyToReach):
        actions.announce(by=table.staff, group=nobody, **DATA)
    nobody.status, nobody.closing_note_en = "concluded", "Done."
    nobody.save()
    with pytest.raises(GroupIsConcluded):
        actions.announce(by=table.staff, group=nobody, **DATA)
    assert not Announcement.objects.exists()
    assert not Message.objects.exists()


def test_a_roster_that_nobody_can_reach_is_said(table, sign_in):
    group = GroupFactory(slug="empty", code="EMP")
    client, address = sign_in(table.staff), reverse("groups:announcement-create", args=["empty"])
    assert "Nobody on the roster can be reached by mail." in text_of(client.get(address))
    assert "so nothing was sent" in text_of(client.post(address, DATA))
    assert not group.announcements.exists()


def test_not_more_than_ten_a_day(table):
    with time_machine.travel("2026-05-05 12:00Z", tick=False):
        for _turn in range(10):
            announced(table)
        with pytest.raises(RateLimited):
            announced(table)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_sound_and_queries_do_not_grow(table, sign_in, record_queries, language):
    client = sign_in(table.co_chair)
    with translation.override(language):
        address, form = url("list"), url("create")
    empty = client.get(address).content.decode()
    assert problems_of(empty) == []
    announced(table)
    few = record_queries(lambda: client.get(address))
    announced(table, language="fr")
    announced(table, subject=XSS[0], text=XSS[0])
    assert record_queries(lambda: client.get(address)) == few
    for page in (client.get(address), client.get(form), client.post(form, {})):
        html = page.content.decode()
        assert problems_of(html) == []
        assert f'<html lang="{language}"' in html
        assert "<script>" not in html
