"""The ledger: each letter at most once, secrets wiped, nothing lost without a person seeing it."""

from __future__ import annotations

import errno
import smtplib
import socket
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from iqn.mail import events, preferences, sending
from iqn.mail.actions import choose_letters
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


class _Server(BaseEmailBackend):
    """A mail server that answers every letter in one way."""

    problems: dict[str, Exception] = {}

    def _answer(self, stage: str) -> None:
        if stage in self.problems:
            raise self.problems[stage]

    def open(self):
        self._answer("opening")

    def send_messages(self, messages):
        self._answer("sending")
        return len(messages)

    def close(self):
        self._answer("closing")


@pytest.fixture
def server(monkeypatch, settings):
    def answering(problem, at="sending"):
        monkeypatch.setattr(_Server, "problems", {at: problem})
        settings.EMAIL_BACKEND = "tests.mail.test_ledger._Server"

    return answering


@pytest.mark.parametrize(
    "problem",
    [ConnectionRefusedError(), smtplib.SMTPConnectError(421, "busy"), smtplib.SMTPDataError(451, "later")],
)
def test_a_letter_that_was_certainly_not_taken_is_tried_again(person, server, problem):
    message = queue(person)
    server(problem)

    sending.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 1, type(problem).__name__)


@pytest.mark.parametrize(
    "problem",
    [
        socket.gaierror(-3, "no such name"),
        TimeoutError(),
        OSError(errno.EHOSTUNREACH, "no route"),
        smtplib.SMTPServerDisconnected("closed before a word"),
        smtplib.SMTPAuthenticationError(535, b"no"),
    ],
)
def test_a_server_that_was_never_reached_has_no_letter(person, server, problem):
    message = queue(person)
    server(problem, at="opening")

    sending.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("queued", 1, type(problem).__name__)


@pytest.mark.parametrize("problem", [TimeoutError(), smtplib.SMTPResponseException(421, b"bye")])
def test_trouble_at_parting_changes_nothing(person, server, problem):
    message = queue(person)
    server(problem, at="closing")

    sending.deliver(message.pk)

    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_after_many_tries_a_person_sees_it(person, server):
    message = queue(person)
    server(ConnectionRefusedError())
    for _ in range(sending.MAX_ATTEMPTS - 1):
        sending.deliver(message.pk)
        assert not Message.objects.needing_a_person().exists()
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


def test_a_code_that_a_killed_worker_left_is_wiped(person):
    message = secret(person)
    sending._claim(message.pk)
    message.refresh_from_db()
    assert (message.secret_subject, message.secret_text) != ("", "")

    sending.sweep(timezone.now() + timedelta(minutes=6))

    message.refresh_from_db()
    assert (message.state, message.secret_subject, message.secret_text) == (MessageState.UNSURE, "", "")


def test_a_letter_that_staff_send_again_is_tried_as_often_as_a_new_one(person, server):
    message = queue(person)
    Message.objects.update(state=MessageState.FAILED, attempts=sending.MAX_ATTEMPTS)
    server(ConnectionRefusedError())

    sending.send_again(message)
    sending.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)


def test_a_letter_that_was_switched_off_meanwhile_is_dropped(person, deliver, monkeypatch):
    monkeypatch.setattr(preferences, "_offers", dict(preferences._offers))
    preferences.offer(EVENT, "A greeting")
    message, other = queue(person), queue(PersonFactory(), n=2)

    choose_letters(by=person, wanted=set())

    assert [letter.body for letter in deliver()] == ["Number 2."]
    states = Message.objects.order_by("pk").values_list("pk", "state")
    assert list(states) == [(message.pk, MessageState.DROPPED), (other.pk, MessageState.SENT)]


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


def _waiting_jobs() -> list[tuple[int, int]]:
    """(letter, priority) of the jobs that would send a letter, the first to run first."""
    waiting = ProcrastinateJob.objects.filter(task_name=sending.DELIVER, status="todo")
    return [(job.args["message_id"], job.priority) for job in waiting.order_by("-priority", "pk")]


def _take_jobs() -> list[int]:
    """As the worker does: the jobs are gone, here are their letters."""
    letters = [letter for letter, _ in _waiting_jobs()]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    return letters


def test_a_letter_that_lost_its_job_gets_a_new_one(person):
    message, code = queue(person), secret(person)
    assert _waiting_jobs() == [(code.pk, 100), (message.pk, 0)]
    _take_jobs()
    sending.sweep(timezone.now() + timedelta(minutes=4))
    assert _waiting_jobs() == []

    sending.sweep(timezone.now() + timedelta(minutes=6))

    assert _waiting_jobs() == [(code.pk, 100), (message.pk, 0)]


def test_a_letter_whose_job_waits_gets_no_second_one(person):
    message = queue(person)

    sending.sweep(timezone.now() + timedelta(minutes=6))

    assert _waiting_jobs() == [(message.pk, 0)]


def _minutes_of_an_outage(person, server, settings, minutes: int) -> tuple[Message, list[int]]:
    """A letter is queued as the mail server goes away; the worker sweeps each minute. When was it tried?"""
    working, tried = settings.EMAIL_BACKEND, []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        message = queue(person)
        server(ConnectionRefusedError())
        for minute in range(8 * 60):
            if minute == minutes:
                settings.EMAIL_BACKEND = working
            for pk in _take_jobs():
                tried.append(minute)
                sending.deliver(pk)
            clock.shift(timedelta(minutes=1))
            sending.sweep()
    message.refresh_from_db()
    return message, tried


def test_an_outage_of_ten_minutes_only_delays_a_letter(person, server, settings):
    message, tried = _minutes_of_an_outage(person, server, settings, 10)

    assert (message.state, tried) == (MessageState.SENT, [0, 1, 3, 8, 23])
    assert len(mail.outbox) == 1


def test_after_six_hours_a_person_sees_it(person, server, settings):
    message, tried = _minutes_of_an_outage(person, server, settings, 24 * 60)

    assert (message.state, tried) == (MessageState.FAILED, [0, 1, 3, 8, 23, 68, 173, 353])
    assert mail.outbox == []


def test_the_ledger_forgets_after_ninety_days(person, deliver):
    old, waiting = queue(person), queue(person, n=2)
    sending.deliver(old.pk)

    assert sending.purge(timezone.now() + timedelta(days=89)) == 0
    assert sending.purge(timezone.now() + timedelta(days=91)) == 1
    assert list(Message.objects.all()) == [waiting]
