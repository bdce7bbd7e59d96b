"""The ledger: each letter at most once, secrets wiped, nothing lost without a person seeing it."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from iqn.mail import events, sending
from iqn.mail.models import Message, MessageState
from tests.factories.members import PersonFactory

EVENT = "tests.greeting"
DROPPED = "tests.no_longer_wanted"


@pytest.fixture(autouse=True)
def _renderers(monkeypatch):
    monkeypatch.setattr(events, "_renderers", dict(events._renderers))
    events.register(EVENT, lambda message: events.Letter("Hello", f"Number {message.params['n']}."))
    events.register(DROPPED, lambda message: None)


@pytest.fixture
def person(db):
    return PersonFactory()


def queue(person, event=EVENT, once=None, n=1):
    return sending.queue(event, to=person, address="a@example.org", language="fr", params={"n": n}, once=once)


def test_is_sent_once_in_the_language_of_its_reader(person, deliver):
    message = queue(person)

    letters = deliver()
    sending.deliver(message.pk)

    assert [(m.to, m.subject, m.body) for m in letters] == [(["a@example.org"], "Hello", "Number 1.")]
    assert len(mail.outbox) == 1
    message.refresh_from_db()
    assert (message.state, message.subject, message.attempts) == (MessageState.SENT, "Hello", 1)
    assert letters[0].extra_headers["Message-ID"] == f"<message-{message.pk}@localhost>"
    assert '<html lang="fr">' in letters[0].alternatives[0][0]


def test_one_fact_is_told_once(person, deliver):
    assert queue(person, once="fact:1") is not None
    assert queue(person, once="fact:1") is None

    assert len(deliver()) == 1


def test_nothing_is_sent_for_what_was_rolled_back(person, deliver):
    with transaction.atomic():
        queue(person)
        transaction.set_rollback(True)
    assert deliver() == []
    queue(person)
    assert len(deliver()) == 1


def test_an_unknown_event_is_refused_before_anything_is_kept(person):
    with pytest.raises(KeyError):
        queue(person, event="tests.unknown")
    assert Message.objects.count() == 0


def test_a_letter_that_is_no_longer_wanted_is_dropped(person, deliver):
    message = queue(person, event=DROPPED)

    assert deliver() == []
    message.refresh_from_db()
    assert message.state == MessageState.DROPPED


def secret(person, **extra):
    return sending.queue_secret(
        "accounts.code",
        to=person,
        address="a@example.org",
        language="en",
        subject="Your\ncode",
        text="ABCD",
        **extra,
    )


def test_a_secret_is_wiped_once_sent(person, deliver):
    message = secret(person)

    letters = deliver()

    assert [(m.subject, m.body) for m in letters] == [("Your code", "ABCD")]
    message.refresh_from_db()
    assert (message.state, message.subject, message.secret_subject, message.secret_text) == (
        "sent",
        "",
        "",
        "",
    )


def test_a_secret_that_comes_too_late_is_not_sent_and_wiped(person, deliver):
    message = secret(person, expires_at=timezone.now() - timedelta(seconds=1))

    assert deliver() == []
    message.refresh_from_db()
    assert (message.state, message.secret_text) == (MessageState.EXPIRED, "")


class _Server:
    """A mail server that answers every letter in one way."""

    problem: Exception | None = None

    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise self.problem


@pytest.fixture
def server(monkeypatch, settings):
    def answering(problem):
        monkeypatch.setattr(_Server, "problem", problem)
        settings.EMAIL_BACKEND = "tests.mail.test_ledger._Server"

    return answering


@pytest.mark.parametrize(
    "problem",
    [ConnectionRefusedError(), smtplib.SMTPConnectError(421, "busy"), smtplib.SMTPDataError(451, "later")],
)
def test_a_letter_that_was_certainly_not_taken_is_tried_again(person, server, problem):
    message = queue(person)
    server(problem)

    with pytest.raises(sending.NotYetSent):
        sending.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 1, type(problem).__name__)


def test_after_many_tries_a_person_sees_it(person, server):
    message = queue(person)
    server(ConnectionRefusedError())
    for _ in range(sending.MAX_ATTEMPTS - 1):
        with pytest.raises(sending.NotYetSent):
            sending.deliver(message.pk)
    sending.deliver(message.pk)

    assert list(Message.objects.needing_a_person()) == [message]


def test_a_refused_address_is_not_tried_again(person, server):
    message = queue(person)
    server(smtplib.SMTPRecipientsRefused({}))

    sending.deliver(message.pk)

    message.refresh_from_db()
    assert message.state == MessageState.FAILED


def test_a_lost_connection_leaves_it_unsure_never_doubled(person, server, settings):
    message = queue(person)
    server(smtplib.SMTPServerDisconnected("gone"))

    sending.deliver(message.pk)
    sending.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.UNSURE, 1)


def test_what_a_killed_worker_left_becomes_unsure(person):
    message = queue(person)
    sending._claim(message.pk)
    sending.sweep(timezone.now() + timedelta(minutes=4))
    message.refresh_from_db()
    assert message.state == MessageState.SENDING

    sending.sweep(timezone.now() + timedelta(minutes=6))

    message.refresh_from_db()
    assert message.state == MessageState.UNSURE


def test_staff_may_send_an_unsure_letter_again(person, deliver):
    message = queue(person)
    Message.objects.filter(pk=message.pk).update(state=MessageState.UNSURE)

    sending.send_again(message)

    assert len(deliver()) == 1


def test_a_sent_letter_or_a_secret_is_not_sent_again(person, deliver):
    message, hidden = queue(person), secret(person)
    deliver()
    Message.objects.filter(pk=hidden.pk).update(state=MessageState.UNSURE)

    sending.send_again(message)
    sending.send_again(hidden)

    assert deliver() == []


def test_a_letter_that_lost_its_job_gets_a_new_one(person):
    from procrastinate.contrib.django.models import ProcrastinateJob

    queue(person)
    before = ProcrastinateJob.objects.count()
    sending.sweep(timezone.now() + timedelta(minutes=6))

    assert ProcrastinateJob.objects.count() == before + 1


def test_the_ledger_forgets_after_ninety_days(person, deliver):
    old, waiting = queue(person), queue(person, n=2)
    sending.deliver(old.pk)

    assert sending.purge(timezone.now() + timedelta(days=89)) == 0
    assert sending.purge(timezone.now() + timedelta(days=91)) == 1
    assert list(Message.objects.all()) == [waiting]
