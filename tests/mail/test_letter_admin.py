"""The ledger as staff see it: what failed is sent again or let go, secrets stay secrets."""

import pytest
from django.urls import reverse

from iqn.history.models import Event
from iqn.mail import actions
from iqn.mail.errors import NeverSentAgain, NothingToSettle
from iqn.mail.models import Message, MessageState

pytestmark = pytest.mark.django_db
LIST = "/admin/mail/message/"


def _letter(**values) -> Message:
    defaults = {
        "event": "portal.staff_waited_for",
        "address": "a@example.org",
        "language": "en",
        "state": "failed",
    }
    return Message.objects.create(**{**defaults, **values})


@pytest.fixture
def staff(sign_in, cast):
    return sign_in(cast.staff)


def test_the_list_shows_state_age_and_counts(staff):
    _letter()
    _letter(state="sent")

    html = staff.get(LIST).content.decode()

    assert "refused by the mail server" in html
    assert '<a href="?state__exact=failed">' in html
    assert "0\xa0minutes" in html


def test_secrets_are_never_shown(staff):
    letter = _letter(
        is_secret=True, secret_text="Your code is UNSEEN", secret_subject="UNSEEN", state="queued"
    )

    for url in (LIST, reverse("admin:mail_message_change", args=[letter.pk])):
        html = staff.get(url).content.decode()
        assert "a@example.org" in html
        assert "UNSEEN" not in html


def test_nobody_writes_in_the_ledger(staff):
    letter = _letter()
    url = reverse("admin:mail_message_change", args=[letter.pk])

    assert staff.post(url, {"address": "b@example.org"}).status_code == 403
    assert staff.get("/admin/mail/message/add/").status_code == 403
    assert 'name="address"' not in staff.get(url).content.decode()


@pytest.mark.parametrize("state", ["failed", "unsure"])
def test_sending_again(staff, cast, state):
    letter = _letter(state=state)
    page = staff.get(reverse("admin:mail_message_change", args=[letter.pk])).content.decode()

    response = staff.post(LIST, {"action": "send_again", "_selected_action": [letter.pk]}, follow=True)

    assert "Send it again" in page
    assert "1 letter waits to be sent." in response.content.decode()
    letter.refresh_from_db()
    assert letter.state == MessageState.QUEUED
    event = Event.objects.get()
    assert (event.verb, event.actor, event.for_staff) == ("mail.message_sent_again", cast.staff, True)


def test_letting_go(staff):
    letters = [_letter(), _letter(is_secret=True, state="unsure")]

    response = staff.post(
        LIST, {"action": "let_go", "_selected_action": [x.pk for x in letters]}, follow=True
    )

    assert "2 letters are settled." in response.content.decode()
    assert not Message.objects.needing_a_person().exists()


def test_what_was_sent_and_codes_are_left_alone(staff):
    sent, code = _letter(state="sent"), _letter(is_secret=True)

    response = staff.post(LIST, {"action": "send_again", "_selected_action": [sent.pk, code.pk]}, follow=True)

    assert "2 letters were left alone" in response.content.decode()
    assert sorted(Message.objects.values_list("state", flat=True)) == ["failed", "sent"]
    with pytest.raises(NothingToSettle):
        actions.let_go(by=None, message=sent)
    with pytest.raises(NeverSentAgain):
        actions.send_again(by=None, message=code)
    assert not Event.objects.exists()


def test_members_do_not_see_the_ledger(sign_in, cast):
    assert sign_in(cast.member).get(LIST, follow=True).redirect_chain[-1][0] == "/en/"
