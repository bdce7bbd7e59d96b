"""What staff may do with a letter that failed, or of which nobody knows whether it was sent; and which letters somebody
wishes to get."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.mail import preferences, sending
from iqn.mail.errors import NeverSentAgain, NothingToSettle
from iqn.mail.models import MailChoice, Message, MessageState


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


@transaction.atomic
def choose_letters(*, by: models.Model, wanted: set[str]) -> None:
    """Of the letters that one may switch off: these are wanted, the others are not."""
    changed = {
        event: event in wanted
        for event, is_wanted in preferences.in_force(by).items()
        if is_wanted != (event in wanted)
    }
    for event, is_wanted in changed.items():
        values = {"is_wanted": is_wanted, "chosen_at": timezone.now()}
        MailChoice.objects.update_or_create(person=by, event=event, defaults=values)
    if changed:
        record(
            by=by, verb="mail.letters_chosen", target=by, for_staff=True, data=changed,
            phrase=_("%(actor)s chose which reminders to get."),
        )  # fmt: skip


def _unsettled(message: Message) -> Message:
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.needs_a_person:
        raise NothingToSettle(str(message))
    return message


def _tell(by: models.Model | None, verb: str, phrase: Any, message: Message) -> None:
    record(
        by=by, verb=f"mail.message_{verb}", phrase=phrase, target=message, for_staff=True, event=message.event
    )
