"""A letter from one member to another through the portal. The text is kept only until it has been sent."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.mail.models import MessageState

NOBODY_WAITS_FOR_IT = (MessageState.SENT, MessageState.DROPPED, MessageState.EXPIRED)
KEPT_AT_MOST = timedelta(days=30)  # where the mail server refused it and staff may send it again


class RelayedMessageQuerySet(models.QuerySet):
    def to_be_wiped(self):
        """Texts that have been sent, and those that waited too long for it."""
        too_old = Q(written_at__lt=timezone.now() - KEPT_AT_MOST)
        return self.exclude(text="").filter(
            Q(letter__state__in=NOBODY_WAITS_FOR_IT) | Q(letter=None) | too_old
        )


class RelayedMessage(models.Model):
    sender = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="messages_written")
    recipient = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="messages_received"
    )
    text = models.TextField(_("message"), max_length=4000)  # wiped once sent
    shares_address = models.BooleanField(_("let them answer me by e-mail"), default=False)
    written_at = models.DateTimeField(default=timezone.now)
    letter = models.ForeignKey("mail.Message", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = RelayedMessageQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("message between members")
        verbose_name_plural = _("messages between members")

    def __str__(self) -> str:
        return f"{self.sender} → {self.recipient}"
