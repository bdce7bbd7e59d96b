"""The ledger: to whom, which event, when, with what result."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent: the worker acts next")
    SENDING = "sending", _("being sent: the worker acts next")
    SENT = "sent", _("handed to the mail server: nobody needs to act")
    DROPPED = "dropped", _("no longer needed when its turn came: nobody needs to act")
    EXPIRED = "expired", _("too late to be of use: nobody needs to act")
    FAILED = "failed", _("refused by the mail server: staff decide whether to send it again")
    UNSURE = "unsure", _("perhaps sent, the worker stopped in between: staff decide whether to send it again")


UNSETTLED = (MessageState.FAILED, MessageState.UNSURE)
JOB_MISSED_AFTER = timedelta(minutes=5)


def when_to_miss_its_job() -> datetime:
    """A letter is queued together with its job; if it still waits by then, the sweep gives it another."""
    return timezone.now() + JOB_MISSED_AFTER


class MessageQuerySet(models.QuerySet):
    def needing_a_person(self):
        return self.filter(state__in=UNSETTLED)


class Message(models.Model):
    event = models.CharField(max_length=80, db_index=True)  # such as "members.application_approved"
    recipient = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="mail"
    )
    address = models.EmailField()
    language = models.CharField(max_length=2)
    params = models.JSONField(default=dict, blank=True)  # ids for the renderer, never texts of members
    once = models.CharField(max_length=120, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.QUEUED)
    subject = models.CharField(max_length=250, blank=True)  # as sent; empty for secrets
    # Sign-in codes and reset links are written when asked for, and wiped once sent
    secret_subject = models.CharField(max_length=250, blank=True)
    secret_text = models.TextField(blank=True)
    is_secret = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    next_try_at = models.DateTimeField(default=when_to_miss_its_job)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("message")
        verbose_name_plural = _("mail ledger")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=("queued", "sending")),
                name="mail_message_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.get_state_display()})"

    @property
    def needs_a_person(self) -> bool:
        return self.state in UNSETTLED


class MailChoice(models.Model):
    """Somebody switched a kind of letter off, or on again."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="mail_choices")
    event = models.CharField(max_length=80)
    is_wanted = models.BooleanField()
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="mail_mailchoice_once")]

    def __str__(self) -> str:
        return self.event
