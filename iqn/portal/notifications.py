"""The one letter a day to staff while anything waits for them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from iqn.access import is_staff
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from iqn.portal import queue
from members.choices import STAFF_GROUP

STAFF_WAITED_FOR = "portal.staff_waited_for"
NAMED = 5  # of the oldest


def register() -> None:
    events.register(STAFF_WAITED_FOR, _waiting_letter)


def tell_staff() -> int:
    """Queue today's letter to each of the staff, if anything waits. Answers how many letters were queued."""
    if not queue.look(1).total:
        return 0
    day = timezone.localdate().isoformat()
    accounts = get_user_model().objects.filter(groups__name=STAFF_GROUP, is_active=True, person__isnull=False)
    queued = [
        sending.queue(
            STAFF_WAITED_FOR, to=user.person, address=user.email, language=user.person.language,
            once=f"{STAFF_WAITED_FOR}:{day}:{user.person.pk}",
        )
        for user in accounts.select_related("person")
    ]  # fmt: skip
    return sum(message is not None for message in queued)


def _waiting_letter(message: Message) -> Letter | None:
    """Written when its turn comes: it counts what waits then, and is not sent when nothing does."""
    user = getattr(message.recipient, "user", None)
    found = queue.look(NAMED)
    if user is None or not is_staff(user) or not found.total:
        return None
    context = {
        "count": found.total,
        "summaries": [summary for summary in found.summaries if summary.count],
        "rows": found.rows,
        "url": settings.SITE_ORIGIN + reverse("portal:queue"),
    }
    return events.letter("portal/emails/staff_waited_for", context)
