"""Who is told about rosters, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from iqn import links
from iqn.bilingual import other_language
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from workgroups.groups.choices import INVITATION_LINK
from workgroups.groups.models import Group, RosterInvitation

INVITATION = "groups.roster_invitation"


def register() -> None:
    events.register(INVITATION, _render_invitation)


def invite(invitation: RosterInvitation) -> Message | None:
    """Written in both languages: nobody knows which one the person reads."""
    return sending.queue(
        INVITATION, to=invitation.person, address=invitation.email, language=invitation.person.language,
        params={"invitation": invitation.pk}, once=f"roster-invitation:{invitation.pk}",
    )  # fmt: skip


def _render_invitation(message: Message) -> Letter | None:
    """Not sent any more once the person has an account or left every table."""
    invitation = (
        RosterInvitation.objects.select_related("person", "invited_by")
        .filter(pk=message.params.get("invitation"), accepted_at__isnull=True, person__user__isnull=True)
        .first()
    )
    groups = list(Group.objects.of_person(invitation.person)) if invitation else []
    if invitation is None or not groups:
        return None
    first = message.language
    letters = [
        _invitation(invitation, groups, language, first) for language in (first, other_language(first))
    ]
    return Letter(
        " | ".join(one.subject for one in letters)[:250], "\n* * *\n\n".join(one.text for one in letters)
    )


def _invitation(invitation: RosterInvitation, groups: list[Group], language: str, first: str) -> Letter:
    signed = links.token(INVITATION_LINK, invitation=invitation.pk)
    with translation.override(language):
        return events.letter(
            "groups/emails/roster_invitation",
            {
                "name": invitation.person.name,
                "by": invitation.invited_by.display_name,
                "groups": [str(group) for group in groups],
                "is_first": language == first,
                "accept_url": links.absolute("groups:invitation-accept", language, token=signed),
                "contact_email": settings.CONTACT_EMAIL,
                "lasts": links.LASTS.days,
            },
        )
