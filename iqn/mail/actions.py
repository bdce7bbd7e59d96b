"""What staff may do with a letter that failed, or of which nobody knows whether it was sent."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.mail import sending
from iqn.mail.errors import NeverSentAgain, NothingToSettle
from iqn.mail.models import Message, MessageState


@transaction.atomic
def send_again(*, by: models.Model | None, message: Message) -> Message:
    message = _unsettled(message)
    if message.is_secret:
        raise NeverSentAgain(str(message))
    sending.send_again(message)
    _tell(by, "sent_again", _("%(actor)s had a letter sent once more (%(event)s)."), message)
    message.refresh_from_db()
    return message


@transaction.atomic
def let_go(*, by: models.Model | None, message: Message) -> Message:
    """Nobody needs the letter any more."""
    message = _unsettled(message)
    message.state = MessageState.DROPPED
    message.finished_at = timezone.now()
    message.save(update_fields=["state", "finished_at"])
    _tell(by, "let_go", _("%(actor)s decided that a letter need not be sent (%(event)s)."), message)
    return message


def _unsettled(message: Message) -> Message:
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.needs_a_person:
        raise NothingToSettle(str(message))
    return message


def _tell(by: models.Model | None, verb: str, phrase: Any, message: Message) -> None:
    record(
        by=by, verb=f"mail.message_{verb}", phrase=phrase, target=message, for_staff=True, event=message.event
    )
