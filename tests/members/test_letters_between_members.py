"""Writing to a member without learning their address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from iqn.history.models import Event
from iqn.mail.models import Message, MessageState
from members.actions import messages, people
from members.errors import TakesNoLetters
from members.jobs import wipe_sent_texts
from members.models import RelayedMessage
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(cast, site_pages):
    return f"/en/members/{cast.author.pk}/write/"


def test_one_letter_arrives_and_no_address_is_shown(cast, sign_in, url, deliver):
    page = sign_in(cast.member).get(url).content.decode()
    response = sign_in(cast.member).post(url, {"text": "How long did it take?\n\n<b>Tell me</b>"})

    letters = deliver()
    assert response["Location"] == f"/en/members/{cast.author.pk}/"
    assert [(m.to, m.reply_to, m.subject) for m in letters] == [
        ([cast.author.user.email], [], "Mia Member writes to you through the network")
    ]
    body, html = letters[0].body, letters[0].alternatives[0][0]
    assert "How long did it take?\n\n<b>Tell me</b>" in body
    assert "&lt;b&gt;Tell me&lt;/b&gt;" in html
    assert f"http://localhost:8000/en/members/{cast.member.pk}/write/" in body
    assert cast.member.user.email not in body + html + str(letters[0].message())
    assert cast.author.user.email not in page


def test_the_writer_may_share_their_own_address(cast, sign_in, url, deliver):
    sign_in(cast.member).post(url, {"text": "Hello", "shares_address": "on"})

    letter = deliver()[0]
    assert letter.reply_to == [cast.member.user.email]
    assert f"write to {cast.member.user.email}" in letter.body


def test_a_writer_who_takes_no_letters_cannot_be_answered_without_an_address(cast, deliver):
    cast.member.accepts_messages = False
    cast.member.save()

    messages.write_to_person(by=cast.member, person=cast.author, text="Hello")

    assert "They gave no address, so this letter cannot be answered." in deliver()[0].body


def test_the_letter_is_in_the_language_of_the_recipient(cast, deliver):
    cast.author.language = "fr"
    cast.author.save()

    messages.write_to_person(by=cast.member, person=cast.author, text="Hello")

    letter = deliver()[0]
    assert letter.subject == "Mia Member vous écrit par l’entremise du réseau"
    assert f"/fr/membres/{cast.member.pk}/ecrire/" in letter.body


def test_the_text_goes_once_it_has_been_sent(cast, deliver):
    written = messages.write_to_person(by=cast.member, person=cast.author, text="Only for you")
    before = messages.wipe_sent_texts()
    deliver()

    wipe_sent_texts(0)

    written.refresh_from_db()
    assert (before, written.text) == (0, "")
    assert not Event.objects.filter(sentence_en__contains="Only for you").exists()
    assert not Message.objects.filter(subject__contains="Only for you").exists()
    assert (written.sender, written.recipient) == (cast.member, cast.author)


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [
        ("failed", 1, "x"),
        ("failed", 29, "x"),
        ("failed", 30, ""),
        ("dropped", 0, ""),
        ("expired", 0, ""),
        ("queued", 0, "x"),
    ],
)
def test_what_was_not_sent_waits_for_staff_for_thirty_days(cast, state, days, left):
    written = messages.write_to_person(by=cast.member, person=cast.author, text="x")
    Message.objects.update(state=state)
    RelayedMessage.objects.update(written_at=timezone.now() - timedelta(days=days))

    messages.wipe_sent_texts()

    written.refresh_from_db()
    assert written.text == left


@pytest.mark.parametrize("what", ["switched_off", "recipient_left", "writer_left", "wiped"])
def test_rights_are_asked_again_when_the_letter_is_sent(cast, deliver, what):
    messages.write_to_person(by=cast.member, person=cast.author, text="Hello")
    letter = Message.objects.get()
    if what == "switched_off":
        people.edit_profile(by=cast.author, person=cast.author, expected_version=1, accepts_messages=False)
    elif what == "wiped":
        RelayedMessage.objects.update(text="")
    else:
        people.leave(
            by={"recipient_left": cast.author, "writer_left": cast.member}[what], name_on_posts="kept"
        )

    deliver()

    letter.refresh_from_db()
    assert letter.state == MessageState.DROPPED


def test_switched_off_is_said_and_refused(cast, sign_in, url):
    cast.author.accepts_messages = False
    cast.author.save()
    client = sign_in(cast.member)

    profile = client.get(f"/en/members/{cast.author.pk}/").content.decode()
    led_back = client.get(url, follow=True).content.decode()

    assert "Write to this person" not in profile
    assert "This person does not receive letters through the portal." in led_back
    with pytest.raises(TakesNoLetters):
        messages.write_to_person(by=cast.member, person=cast.author, text="Hello")


def test_nobody_writes_to_themselves(cast, sign_in, url):
    """The page of somebody else opens, and leads to theirs."""
    client = sign_in(cast.author)
    theirs = f"/en/members/{cast.member.pk}/"

    assert (client.get(url).status_code, client.get(f"{theirs}write/").status_code) == (403, 200)
    own = client.get(f"/en/members/{cast.author.pk}/").content.decode()
    assert ["Write to this person" in page for page in (own, client.get(theirs).content.decode())] == [
        False,
        True,
    ]


def test_a_member_whose_account_staff_closed_takes_no_letters(cast, sign_in, url):
    client = sign_in(cast.member)
    assert client.get(url).status_code == 200
    people.set_account_active(by=cast.staff, account=cast.author.user, is_active=False)

    led_back = client.get(url, follow=True).content.decode()

    assert "This person does not receive letters through the portal." in led_back
    with pytest.raises(TakesNoLetters):
        messages.write_to_person(by=cast.member, person=cast.author, text="Hello")


def test_too_many_letters_are_refused_and_the_text_is_kept(cast, sign_in, url):
    client = sign_in(cast.member)
    for _ in range(3):
        client.post(url, {"text": "Hello"})

    response = client.post(url, {"text": "One more long text"})

    page = response.content.decode()
    assert response.status_code == 429
    assert "Nothing is lost: send this one in about 24 hours." in page
    assert "One more long text" in page
    assert RelayedMessage.objects.count() == 3


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "\x00"])
def test_wrong_input(cast, sign_in, url, text):
    response = sign_in(cast.member).post(url, {"text": text})

    assert (response.status_code, RelayedMessage.objects.count()) == (200, 0)
    assert problems_of(response.content.decode()) == []


def test_the_same_form_sent_twice_is_one_letter(cast, sign_in, url):
    data = {"text": "Hello", "submission": "0b54ad6e-95cf-4b0f-8a2e-7e2f6f1c4c11"}
    client = sign_in(cast.member)

    answers = [client.post(url, data)["Location"] for _ in range(2)]

    assert answers == [f"/en/members/{cast.author.pk}/"] * 2
    assert RelayedMessage.objects.count() == 1
