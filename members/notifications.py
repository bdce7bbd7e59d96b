"""Who is told about applications and messages, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from members.models import Person, RelayedMessage

MEMBERSHIP_LEFT = "members.membership_left"
PERSON_WRITTEN_TO = "members.person_written_to"


def register() -> None:
    """Give the ledger a renderer for each letter of this app."""
    events.register(MEMBERSHIP_LEFT, _render_left)
    events.register(PERSON_WRITTEN_TO, _render_relayed)


# --- People ----------------------------------------------------------------------------------------------------


def tell_that_they_left(person: Person, *, address: str) -> Message | None:
    """The last letter: the address is known for this moment only."""
    return sending.queue(
        MEMBERSHIP_LEFT, to=person, address=address, language=person.language, params={"person": person.pk},
        once=f"left:{person.pk}:{person.version}",
    )  # fmt: skip


def _render_left(message: Message) -> Letter | None:
    person = Person.objects.filter(pk=message.params["person"]).first()
    if person is None:
        return None
    return events.letter(
        "mail/members/membership_left",
        {
            "person": person,
            "contact_email": settings.CONTACT_EMAIL,
            "home_url": _full(reverse("portal:home")),
        },
    )


def relay(written: RelayedMessage) -> Message | None:
    """To the recipient, in their language; the writer learns no address."""
    recipient = written.recipient
    return sending.queue(
        PERSON_WRITTEN_TO, to=recipient, address=recipient.user.email, language=recipient.language,
        params={"message": written.pk}, once=f"relayed:{written.pk}",
    )  # fmt: skip


def _render_relayed(message: Message) -> Letter | None:
    written = (
        RelayedMessage.objects.select_related("sender__user", "recipient__user")
        .filter(pk=message.params["message"])
        .exclude(text="")
        .first()
    )
    # Asked again at the moment of sending: the recipient may have switched letters off, the writer may have left
    if written is None or not written.recipient.can_be_written_to or not written.sender.may_write_letters:
        return None
    sender = written.sender
    address = sender.user.email if written.shares_address else ""
    answer_url = reverse("members:person-write", args=[sender.pk]) if sender.can_be_written_to else ""
    return events.letter(
        "mail/members/person_written_to",
        {
            "written": written,
            "sender": sender,
            "affiliations": sender.current_affiliations().select_related("organization"),
            "address": address,
            "answer_url": _full(answer_url) if answer_url else "",
            "profile_url": _full(reverse("members:profile-edit")),
        },
        reply_to=(address,) if address else (),
    )


def _full(path: str) -> str:
    return f"{settings.SITE_ORIGIN}{path}"
