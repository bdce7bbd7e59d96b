"""The one letter a day to staff while anything waits for them."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from iqn.access import is_staff
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from iqn.portal import queue
from members.choices import STAFF_GROUP
from members.models import Person

STAFF_WAITED_FOR = "portal.staff_waited_for"
NAMED = 5  # of the oldest


def register() -> None:
    events.register(STAFF_WAITED_FOR, _waiting_letter)


def tell_staff() -> int:
    """Queue today's letter to each of the staff, if anything waits. Answers how many letters were queued."""
    if not queue.look(1).total:
        return 0
    day = timezone.localdate().isoformat()
    people = Person.objects.filter(user__groups__name=STAFF_GROUP).select_related("user").order_by("user")
    queued = [
        sending.queue(
            STAFF_WAITED_FOR, to=person, address=person.mail_address, language=person.language,
            once=f"{STAFF_WAITED_FOR}:{day}:{person.pk}",
        )
        for person in people if person.mail_address
    ]  # fmt: skip
    return sum(message is not None for message in queued)


def _waiting_letter(message: Message) -> Letter | None:
    """Written when its turn comes: it counts what waits then, and is not sent when nothing does."""
    recipient = message.recipient
    found = queue.look(NAMED)
    if recipient is None or not recipient.mail_address or not is_staff(recipient.user) or not found.total:
        return None
    context = {
        "count": found.total,
        "summaries": [summary for summary in found.summaries if summary.count],
        "rows": found.rows,
        "url": settings.SITE_ORIGIN + reverse("portal:queue"),
    }
    return events.letter("portal/emails/staff_waited_for", context)
