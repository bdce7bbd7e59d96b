"""Letters from one member to another through the portal."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members import notifications
from members.errors import TakesNoLetters
from members.models import Person, RelayedMessage


@transaction.atomic
def write_to_person(*, by: Person, person: Person, text: str, shares_address: bool = False) -> RelayedMessage:
    """One letter through the ledger. The text is wiped once it has been sent; who wrote to whom stays, for staff."""
    recipient = Person.objects.select_for_update().get(pk=person.pk)
    if not recipient.can_be_written_to:
        raise TakesNoLetters
    written = RelayedMessage.objects.create(
        sender=by, recipient=recipient, text=text, shares_address=shares_address
    )
    written.letter = notifications.relay(written)
    written.save(update_fields=["letter"])
    record(
        by=by, verb="members.person_written_to", phrase=_("%(actor)s wrote to %(person)s through the portal."),
        target=recipient, for_staff=True, person=recipient,
    )  # fmt: skip
    return written


def wipe_sent_texts() -> int:
    """How many texts were wiped: those that have been sent, and those that nobody could send for thirty days."""
    return RelayedMessage.objects.to_be_wiped().update(text="")
