"""Who is told about initiatives, and in which words. Each letter checks, when it is sent, whether it is still true."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from initiatives.choices import PostState
from initiatives.models import Initiative
from iqn.mail import events, sending
from iqn.mail.models import Message

SUBMITTED = "initiatives.initiative_submitted"
PUBLISHED = "initiatives.initiative_published"
RETURNED = "initiatives.initiative_returned"
HIDDEN = "initiatives.initiative_hidden"
RESTORED = "initiatives.initiative_restored"

# The letter, the state in which it is still true, its templates
LETTERS = {
    SUBMITTED: (PostState.SUBMITTED, "initiatives/emails/initiative_submitted"),
    PUBLISHED: (PostState.PUBLISHED, "initiatives/emails/initiative_published"),
    RETURNED: (PostState.RETURNED, "initiatives/emails/initiative_returned"),
    HIDDEN: (PostState.HIDDEN, "initiatives/emails/initiative_hidden"),
    RESTORED: (PostState.PUBLISHED, "initiatives/emails/initiative_restored"),
}


def register() -> None:
    """Give the ledger a renderer for each letter of this app."""
    for name, (state, template) in LETTERS.items():
        events.register(name, _renderer(state, template))


def tell_author(name: str, initiative: Initiative, event: Any) -> None:
    """Imported initiatives have no author, and people without an open account no address."""
    author = initiative.author
    if author is not None and author.mail_address:
        sending.queue(
            name, to=author, address=author.mail_address, language=author.language,
            params={"initiative": initiative.pk}, once=f"{name}:{event.pk}",
        )  # fmt: skip


def _renderer(state: str, template: str) -> events.Renderer:
    def render(message: Message) -> events.Letter | None:
        initiative = Initiative.objects.select_related("author__user").filter(
            pk=message.params["initiative"], state=state, author=message.recipient_id
        ).first()  # fmt: skip
        if initiative is None or not initiative.author.mail_address:
            return None
        address = f"{settings.SITE_ORIGIN}{initiative.get_absolute_url()}"
        context = {"initiative": initiative, "address": address}
        return events.letter(template, {**context, "contact_email": settings.CONTACT_EMAIL})

    return render
