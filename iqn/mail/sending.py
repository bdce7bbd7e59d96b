"""Queueing a letter in the caller's transaction, and delivering it from the worker, each at most once.

A message is claimed (committed as "sending") before the mail server is called. If the process dies in between, the
message is never sent again by itself: after a few minutes it is marked "unsure" for a person to see.

What the mail server certainly did not take is put back with a time for its next try; from then on the sweep, which
runs every minute, gives it a job. Nothing else tries again.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from iqn import jobs
from iqn.mail import preferences
from iqn.mail.events import Letter, one_line, renderer_of
from iqn.mail.models import Message, MessageState, when_to_miss_its_job

log = logging.getLogger(__name__)

DELIVER = "iqn.mail.jobs.deliver"
# Minutes after each try that certainly failed: about six hours in all, longer than most outages
WAITS = (1, 2, 5, 15, 45, 105, 180)
MAX_ATTEMPTS = len(WAITS) + 1
UNSURE_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=90)  # as the privacy notice says
# The server never took the letter: trying again cannot double it
CERTAINLY_NOT_SENT = (
    ConnectionRefusedError, smtplib.SMTPConnectError, smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused, smtplib.SMTPDataError,
)  # fmt: skip


def queue(
    event: str,
    *,
    to: models.Model | None,
    address: str,
    language: str,
    params: dict[str, Any] | None = None,
    once: str | None = None,
) -> Message | None:
    """Have a letter about `event` sent to a person after commit.

    `once` names the fact the letter tells, such as "application:12:approved:3": a second letter with the same name is not
    queued, and None is returned. Neither is one that the person has switched off.
    """
    renderer_of(event)
    if not preferences.wants(to, event):
        return None
    values = {
        "event": event,
        "recipient": to,
        "address": address,
        "language": language,
        "params": params or {},
    }
    if once is None:
        message, first = Message.objects.create(**values), True
    else:
        message, first = Message.objects.get_or_create(once=once, defaults=values)
    if not first:
        return None
    _enqueue(message)
    return message


def queue_secret(
    event: str, *, to: models.Model | None, address: str, language: str, subject: str, text: str,
    expires_at: datetime | None = None,
) -> Message:  # fmt: skip
    """A code or a reset link: sent before everything else, its text wiped once it has gone."""
    message = Message.objects.create(
        event=event, recipient=to, address=address, language=language, is_secret=True,
        secret_subject=one_line(subject), secret_text=text, expires_at=expires_at,
    )  # fmt: skip
    _enqueue(message)
    return message


def deliver(message_id: int) -> None:
    """Send one message if it still waits, or put it back where a later try is safe."""
    message = _claim(message_id)
    if message is None:
        return
    if message.expires_at and message.expires_at < timezone.now():
        _finish(message, MessageState.EXPIRED)
        return
    with translation.override(message.language):
        letter = _letter(message)
        if letter is None:
            _finish(message, MessageState.DROPPED)
            return
        email = _email(message, letter)
    email.connection = get_connection()
    try:
        email.connection.open()
    except OSError as exc:  # no address, no route, no answer, no sign-in: nothing has left
        _put_back(message, exc)
    else:
        _hand_over(email, message)
    finally:
        with contextlib.suppress(OSError):  # a server that is rude at parting has the letter all the same
            email.connection.close()


def _hand_over(email: EmailMultiAlternatives, message: Message) -> None:
    try:
        email.send()
    except CERTAINLY_NOT_SENT as exc:
        _put_back(message, exc)
    except smtplib.SMTPRecipientsRefused as exc:
        _finish(message, MessageState.FAILED, error=type(exc).__name__)
    except Exception as exc:  # after a lost connection nobody knows whether the server took it
        log.exception("Message %s: unclear whether it was sent", message.pk)
        _finish(message, MessageState.UNSURE, error=type(exc).__name__)
    else:
        _finish(message, MessageState.SENT, subject="" if message.is_secret else str(email.subject))


def sweep(now: datetime | None = None) -> None:
    """Every minute: what was cut off becomes "unsure", what is due (or lost its job) gets a job."""
    now = now or timezone.now()
    Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - UNSURE_AFTER).update(
        state=MessageState.UNSURE, finished_at=now, secret_subject="", secret_text=""
    )
    due = Message.objects.filter(state=MessageState.QUEUED, next_try_at__lte=now)
    for message in due.only("pk", "is_secret").order_by("next_try_at"):
        _enqueue(message)


def purge(now: datetime | None = None) -> int:
    """Every night: letters that are done with leave the ledger after 90 days. Returns how many."""
    done = Message.objects.filter(finished_at__lt=(now or timezone.now()) - KEPT_FOR)
    return done.delete()[0]


def send_again(message: Message) -> None:
    """Staff looked at a failed or unsure message and want it sent once more."""
    with transaction.atomic():
        again = Message.objects.needing_a_person().filter(pk=message.pk, is_secret=False)
        if again.update(
            state=MessageState.QUEUED,
            attempts=0,
            error="",
            created_at=timezone.now(),
            next_try_at=when_to_miss_its_job(),
        ):
            _enqueue(message)


def _enqueue(message: Message) -> None:
    """One job at a time for a letter; codes and reset links first."""
    urgency = jobs.URGENT if message.is_secret else jobs.NORMAL
    jobs.enqueue_once(DELIVER, name=f"deliver:{message.pk}", priority=urgency, message_id=message.pk)


def _claim(message_id: int) -> Message | None:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(pk=message_id, state=MessageState.QUEUED)
            .first()
        )
        if message is not None:
            message.state = MessageState.SENDING
            message.claimed_at = timezone.now()
            message.attempts += 1
            message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def _letter(message: Message) -> Letter | None:
    if message.is_secret:
        return Letter(message.secret_subject, message.secret_text)
    if not preferences.wants(message.recipient, message.event):
        return None
    return renderer_of(message.event)(message)


def _email(message: Message, letter: Letter) -> EmailMultiAlternatives:
    host = settings.SITE_ORIGIN.split("://")[1].split(":")[0]
    email = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[message.address],
        reply_to=list(letter.reply_to) or None,
        headers={
            "Message-ID": f"<message-{message.pk}@{host}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    email.attach_alternative(render_to_string("mail/letter.html", {"letter": letter}), "text/html")
    for part in letter.parts:
        email.attach_alternative(part.content, part.kind)
    return email


def _put_back(message: Message, exc: Exception) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _finish(message, MessageState.FAILED, error=type(exc).__name__)
        return
    wait = timedelta(minutes=WAITS[message.attempts - 1])
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.QUEUED, error=type(exc).__name__, next_try_at=timezone.now() + wait
    )


def _finish(message: Message, state: MessageState, *, subject: str = "", error: str = "") -> None:
    Message.objects.filter(pk=message.pk).update(
        state=state,
        subject=subject,
        error=error,
        finished_at=timezone.now(),
        secret_subject="",
        secret_text="",
    )
