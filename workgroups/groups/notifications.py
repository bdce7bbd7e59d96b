"""Who is told about rosters and by those who run a group, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation

from iqn import links
from iqn.bilingual import other_language
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from workgroups.groups.choices import INVITATION_LINK
from workgroups.groups.models import Announcement, Group, RosterInvitation, Term

INVITATION = "groups.roster_invitation"
ANNOUNCEMENT = "groups.announcement"


def register() -> None:
    events.register(INVITATION, _render_invitation)
    events.register(ANNOUNCEMENT, _render_announcement)


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


def reachable(group: Group) -> list[Term]:
    """One term of today for each person on the roster who has an address."""
    terms = Term.objects.at_the_table_of(group).current().select_related("person__user")
    found = {term.person_id: term for term in terms.order_by("-pk") if term.address}
    return sorted(found.values(), key=lambda term: (term.person.sort_name, term.person_id))


def announce(announcement: Announcement) -> int:
    """Answers how many letters that makes."""
    terms = reachable(announcement.group)
    for term in terms:
        sending.queue(
            ANNOUNCEMENT, to=term.person, address=term.address, language=term.person.language,
            params={"announcement": announcement.pk}, once=f"announcement:{announcement.pk}:{term.person_id}",
        )  # fmt: skip
    return len(terms)


def _render_announcement(message: Message) -> Letter | None:
    """Not for those who left the roster before its turn came."""
    rows = Announcement.objects.select_related("group", "sent_by")
    announcement = rows.filter(pk=message.params["announcement"]).first()
    if announcement is None or message.recipient is None:
        return None
    on_roster = {term.person_id: term.address for term in reachable(announcement.group)}
    if on_roster.get(message.recipient.pk) != message.address:
        return None
    group = announcement.group
    context = {
        "name": message.recipient.name,
        "by": announcement.sent_by.display_name,
        "group": group,
        "announcement": announcement,
        "is_in_other_language": announcement.language != message.language,
        "url": links.absolute("groups:announcement-list", message.language, slug=group.slug),
    }
    return events.letter("groups/emails/announcement", context)
