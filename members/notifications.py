"""Who is told about applications and messages, and in which words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from iqn import links
from iqn.bilingual import other_language, reading_language
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from members.choices import REFERENCE_LINK
from members.models import (
    Affiliation,
    ApplicationMessage,
    DeclineReason,
    MembershipApplication,
    Person,
    RelayedMessage,
)
from members.models.application import DeclineWording

REFERENCE_REQUEST = "members.reference_request"
MEMBERSHIP_LEFT = "members.membership_left"
PERSON_WRITTEN_TO = "members.person_written_to"
APPROVED, DECLINED, QUESTION = (
    "members.application_approved", "members.application_declined", "members.application_question",
)  # fmt: skip
TO_APPLICANTS = (
    "members.application_received",
    QUESTION,
    "members.application_answered",
    APPROVED,
    DECLINED,
    "members.decision_reversed",
)


def register() -> None:
    """Give the ledger a renderer for each letter of this app."""
    for event in TO_APPLICANTS:
        events.register(event, _render_to_applicant)
    events.register(REFERENCE_REQUEST, _render_reference_request)
    events.register(MEMBERSHIP_LEFT, _render_left)
    events.register(PERSON_WRITTEN_TO, _render_relayed)


# --- Applications ----------------------------------------------------------------------------------------------


def tell_applicant(application: MembershipApplication, event: str, **params: Any) -> Message | None:
    """One letter for each transition: its name is the application and the count of its changes."""
    address = application.person.mail_address
    if not address:
        return None
    return sending.queue(
        event,
        to=application.person,
        address=address,
        language=application.language,
        params={"application": application.pk, **params},
        once=f"application:{application.pk}:{application.changes}",
    )


def ask_reference(application: MembershipApplication) -> Message | None:
    """Written in both languages: nobody knows which one the person reads."""
    return sending.queue(
        REFERENCE_REQUEST,
        to=None,
        address=application.reference_email,
        language=application.language,
        params={"application": application.pk},
        once=f"reference:{application.pk}",
    )


def letter_to_applicant(event: str, application: MembershipApplication, **params: Any) -> Letter:
    """The letter in the active language. Previews call it too, so that staff see the very words."""
    language = reading_language()
    context = {
        "application": application,
        "name": application.person.name,
        "organization": str(application.organization),
        "status_url": links.absolute("members:application-status", language),
        "home_url": links.absolute("portal:home", language),
        "contact_email": settings.CONTACT_EMAIL,
        **params,
    }
    return events.letter(f"members/emails/{event.split('.')[1]}", context)


def preview(event: str, application: MembershipApplication, **params: Any) -> Letter:
    """What the applicant would get, in the applicant's language."""
    with translation.override(application.language):
        return letter_to_applicant(event, application, **params)


def preview_declined(
    application: MembershipApplication, reason: DeclineReason, addition: str = ""
) -> Letter | None:
    wording = reason.wording(application.language, addition)
    return preview(DECLINED, application, wording=wording) if wording else None


def _render_to_applicant(message: Message) -> Letter | None:
    application = _application_of(message)
    if application is None or application.person_id != message.recipient_id:
        return None
    if not application.person.mail_address:
        return None
    params: dict[str, Any] = {"decision": message.params.get("decision", "")}
    if message.event == QUESTION:
        question = ApplicationMessage.objects.filter(pk=message.params.get("message")).first()
        if question is None:
            return None
        params["question"] = question.text
    if message.event == DECLINED:
        params["wording"] = DeclineWording(
            application.decline_clause, application.decline_clause_text, application.decline_text
        )
    return letter_to_applicant(message.event, application, **params)


def _render_reference_request(message: Message) -> Letter | None:
    """Not sent any more once the application is decided or the person has confirmed."""
    application = _application_of(message)
    if application is None or not application.is_waiting or application.reference_confirmed_at:
        return None
    first = message.language
    letters = [_reference_request(application, language) for language in (first, other_language(first))]
    return Letter(
        " | ".join(one.subject for one in letters)[:250], "\n* * *\n\n".join(one.text for one in letters)
    )


def _reference_request(application: MembershipApplication, language: str) -> Letter:
    signed = links.token(REFERENCE_LINK, application=application.pk)
    with translation.override(language):
        return events.letter(
            "members/emails/reference_request",
            {
                "application": application,
                "name": application.person.name,
                "organization": str(application.organization),
                "is_first": language == application.language,
                "confirm_url": links.absolute("members:reference-confirm", language, token=signed),
                "contact_email": settings.CONTACT_EMAIL,
                "lasts": links.LASTS.days,
            },
        )


def _application_of(message: Message) -> MembershipApplication | None:
    return (
        MembershipApplication.objects.select_related("person__user", "organization")
        .filter(pk=message.params.get("application"))
        .first()
    )


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
        "members/emails/membership_left",
        {
            "person": person,
            "contact_email": settings.CONTACT_EMAIL,
            "home_url": links.absolute("portal:home", message.language),
        },
    )


def relay(written: RelayedMessage) -> Message | None:
    """To the recipient, in their language; the writer learns no address."""
    recipient = written.recipient
    return sending.queue(
        PERSON_WRITTEN_TO, to=recipient, address=recipient.mail_address, language=recipient.language,
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
    address = sender.mail_address if written.shares_address else ""
    answer_url = ""
    if sender.can_be_written_to:
        answer_url = links.absolute("members:person-write", message.language, pk=sender.pk)
    return events.letter(
        "members/emails/person_written_to",
        {
            "written": written,
            "sender": sender,
            "work": "; ".join(
                _works_at(row) for row in sender.current_affiliations().select_related("organization")
            ),
            "contact_email": settings.CONTACT_EMAIL,
            "address": address,
            "answer_url": answer_url,
            "profile_url": links.absolute("members:profile-edit", message.language),
        },
        reply_to=(address,) if address else (),
    )


def _works_at(affiliation: Affiliation) -> str:
    """Director of registration, College of Demo."""
    return ", ".join(filter(None, (affiliation.title, str(affiliation.organization))))
