"""What became of the letters of announcements, as the mail ledger knows it. It forgets after 90 days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from iqn.mail.models import Message, MessageState
from workgroups.groups.models import Announcement
from workgroups.groups.notifications import ANNOUNCEMENT

WAITING = (MessageState.QUEUED, MessageState.SENDING)
FAILED = (MessageState.FAILED, MessageState.UNSURE)


@dataclass
class Delivery:
    """How many letters are in which state."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0  # staff look at these
    not_sent: int = 0  # whoever left the roster before the letter's turn came

    @property
    def is_known(self) -> bool:
        return bool(self.waiting or self.sent or self.failed or self.not_sent)

    def count(self, state: str, number: int) -> None:
        if state in WAITING:
            self.waiting += number
        elif state == MessageState.SENT:
            self.sent += number
        elif state in FAILED:
            self.failed += number
        else:
            self.not_sent += number


def deliveries_of(announcements: Iterable[Announcement]) -> dict[int, Delivery]:
    """One query for all of them."""
    found = {announcement.pk: Delivery() for announcement in announcements}
    letters = Message.objects.filter(event=ANNOUNCEMENT, params__announcement__in=list(found))
    for pk, state, number in (
        letters.order_by().values_list("params__announcement", "state").annotate(Count("pk"))
    ):
        found[pk].count(state, number)
    return found
