"""Everything that happens to an application for membership. Each step is one transaction: row, event, letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.pages.models import Page
from iqn.reference.models import Jurisdiction, Occupation, StakeholderType
from members import notifications, transitions
from members.actions import organizations
from members.choices import MembershipState, MessageKind
from members.errors import (
    AppliedAgain,
    MembershipError,
    NotForThisPerson,
    NotPossibleNow,
    ReasonNotUsable,
    TextMissing,
    TextTooLong,
    TooLateToReverse,
)  # fmt: skip
from members.models import (
    ApplicationMessage,
    Consent,
    DeclineReason,
    MembershipApplication,
    Organization,
    Person,
)
from members.models.application import LONGEST_ADDITION, LONGEST_MESSAGE
from members.transitions import Actor, Event

PHRASES = {
    Event.APPLY: _("%(actor)s applied for membership."),
    Event.ASK: _("%(actor)s asked the applicant a question."),
    Event.ANSWER: _("%(actor)s answered the question."),
    Event.APPROVE: _("%(actor)s approved the application."),
    Event.DECLINE: _("%(actor)s declined the application (clause %(clause)s of the guidelines)."),
    Event.REVERSE: _("%(actor)s reversed the decision “%(decision)s”: the application is open again."),
    Event.LEAVE: _("%(actor)s left the network or withdrew the application."),
}


@transaction.atomic
def apply(
    *,
    by: Person,
    organization_name: str,
    organization_kind: StakeholderType | None,
    role_title: str,
    occupation: Occupation | None,
    jurisdiction: Jurisdiction,
    reason: str,
    language: str,
    reference_name: str = "",
    reference_email: str = "",
) -> MembershipApplication:
    """A first application, or a new attempt linked to the one before."""
    person = Person.objects.select_for_update().get(pk=by.pk)  # two tabs of one person wait for each other
    before = MembershipApplication.objects.latest_of(person)
    row = transitions.transition(before.state if before else None, Event.APPLY)
    application = MembershipApplication.objects.create(
        person=person,
        previous=before,
        state=row.to,
        changes=1,
        organization=organizations.find_or_name(
            by=person,
            name=organization_name,
            language=language,
            kind=organization_kind,
            jurisdiction=jurisdiction,
        ),
        role_title=role_title,
        occupation=occupation,
        jurisdiction=jurisdiction,
        reason=reason,
        language=language,
        reference_name=reference_name,
        reference_email=reference_email,
    )
    person.language = language
    person.save(update_fields=["language"])
    Consent.objects.create(person=person, terms_version=_terms_version())
    _record(application, Event.APPLY, by=person)
    notifications.tell_applicant(application, row.letter)
    if reference_email:
        notifications.ask_reference(application)
    return application


@transaction.atomic
def ask(*, application: MembershipApplication, by: Person, text: str) -> MembershipApplication:
    """Staff need to know more before they decide."""
    text = _checked(text, LONGEST_MESSAGE)
    application = _locked(application)
    row = _row(application, Event.ASK, by)
    question = ApplicationMessage.objects.create(
        application=application, kind=MessageKind.QUESTION, author=by, text=text
    )
    _change(application, row, message=question.pk)
    _record(application, Event.ASK, by=by)
    return application


@transaction.atomic
def answer(*, application: MembershipApplication, by: Person, text: str) -> MembershipApplication:
    text = _checked(text, LONGEST_MESSAGE)
    application = _locked(application)
    row = _row(application, Event.ANSWER, by)
    ApplicationMessage.objects.create(application=application, kind=MessageKind.ANSWER, author=by, text=text)
    _change(application, row)
    _record(application, Event.ANSWER, by=by)
    return application


@transaction.atomic
def approve(
    *, application: MembershipApplication, by: Person, confirm_organization: bool = True
) -> MembershipApplication:
    """Makes a member: the affiliation begins, and a newly named organization counts as checked if staff say so and it
    stands in both languages; a half-named one waits for its other name, the person does not."""
    application = _locked(application)
    row = _row(application, Event.APPROVE, by)
    application.decided_at, application.decided_by = timezone.now(), by
    application.decline_clause = application.decline_clause_text = application.decline_text = ""
    _change(application, row)
    organization = _confirmed_meanwhile(application) or application.organization
    if confirm_organization and organization.is_complete_in_both:
        organizations.confirm(by=by, organization=organization)
    _begin_membership(application)
    _record(application, Event.APPROVE, by=by)
    return application


@transaction.atomic
def decline(
    *, application: MembershipApplication, by: Person, reason: DeclineReason, addition: str = ""
) -> MembershipApplication:
    """A "no" with a reason and the clause of the guidelines as it reads today, in the applicant's language."""
    if len(addition) > LONGEST_ADDITION:
        raise TextTooLong(length=len(addition), limit=LONGEST_ADDITION)
    application = _locked(application)
    row = _row(application, Event.DECLINE, by)
    wording = reason.wording(application.language, addition)
    if wording is None:
        raise ReasonNotUsable
    application.decided_at, application.decided_by = timezone.now(), by
    application.decline_clause = wording.clause
    application.decline_clause_text = wording.clause_text
    application.decline_text = wording.text
    _change(application, row)
    _record(application, Event.DECLINE, by=by, clause=wording.clause)
    return application


@transaction.atomic
def reverse(*, application: MembershipApplication, by: Person) -> MembershipApplication:
    """Take a decision back: the application waits again. The texts of a "no" stay on the row until the next decision."""
    application = _locked(application)
    row = _row(application, Event.REVERSE, by)
    if not application.can_be_reversed:
        raise TooLateToReverse
    if MembershipApplication.objects.latest_of(application.person_id) != application:
        raise AppliedAgain
    decision = MembershipState(application.state)
    if decision == MembershipState.APPROVED:
        _end_membership(application)
    application.decided_at = application.decided_by = None
    _change(application, row, decision=decision.value)
    _record(application, Event.REVERSE, by=by, decision=decision.label)
    return application


@transaction.atomic
def leave(*, person: Person, by: Person) -> MembershipApplication:
    """The change of state alone: a member leaves, an applicant withdraws. What becomes of posts is the caller's concern,
    and so is the letter, which tells about that choice."""
    latest = MembershipApplication.objects.latest_of(person)
    if latest is None:
        raise NotPossibleNow(state=_("not applied yet"))
    application = _locked(latest)
    row = _row(application, Event.LEAVE, by)
    _advance(application, row)
    _record(application, Event.LEAVE, by=by)
    return application


@transaction.atomic
def add_note(*, application: MembershipApplication, by: Person, text: str) -> ApplicationMessage:
    """For staff alone: the applicant never sees it, in no state."""
    note = ApplicationMessage.objects.create(
        application=_locked(application),
        kind=MessageKind.NOTE,
        author=by,
        text=_checked(text, LONGEST_MESSAGE),
    )
    record(
        by=by, verb="members.application_noted", phrase=_("%(actor)s wrote an internal note."),
        target=application, for_staff=True,
    )  # fmt: skip
    return note


@transaction.atomic
def confirm_reference(*, application: MembershipApplication) -> MembershipApplication:
    """Whoever holds the link from the mail says: I know this person. A second time changes nothing."""
    application = _locked(application)
    if application.reference_confirmed_at is not None:
        return application
    if not application.is_waiting:
        raise NotPossibleNow(state=application.get_state_display())
    application.reference_confirmed_at = timezone.now()
    application.save(update_fields=["reference_confirmed_at"])
    record(
        by=None, verb="members.reference_confirmed", target=application, for_staff=True,
        phrase=_("%(name)s confirmed knowing the applicant."), name=application.reference_name,
    )  # fmt: skip
    return application


# --- Several at once -------------------------------------------------------------------------------------------


@dataclass
class Several:
    """What became of each: a row that somebody else decided meanwhile stops nobody else's."""

    done: list[MembershipApplication] = field(default_factory=list)
    refused: list[tuple[MembershipApplication, MembershipError]] = field(default_factory=list)


@transaction.atomic
def approve_many(*, applications: Iterable[MembershipApplication], by: Person) -> Several:
    return _each(applications, lambda row: approve(application=row, by=by))


@transaction.atomic
def decline_many(
    *, applications: Iterable[MembershipApplication], by: Person, reason: DeclineReason, addition: str = ""
) -> Several:
    return _each(applications, lambda row: decline(application=row, by=by, reason=reason, addition=addition))


def _each(
    applications: Iterable[MembershipApplication], step: Callable[[MembershipApplication], object]
) -> Several:
    result = Several()
    for application in sorted(applications, key=lambda row: row.pk):  # one order of locks for everybody
        try:
            step(application)
        except MembershipError as refusal:
            result.refused.append((application, refusal))
        else:
            result.done.append(application)
    return result


# --- Inside a step ---------------------------------------------------------------------------------------------


def _locked(application: MembershipApplication) -> MembershipApplication:
    return MembershipApplication.objects.select_for_update().get(pk=application.pk)


def _row(application: MembershipApplication, event: Event, by: Person) -> transitions.Transition:
    """The row of the table for this step by this person. Nobody decides on their own application."""
    row = transitions.transition(application.state, event)  # type: ignore[arg-type]
    if (row.who == Actor.APPLICANT) != (application.person_id == by.pk):
        raise NotForThisPerson
    return row


def _advance(application: MembershipApplication, row: transitions.Transition) -> None:
    application.state, application.state_since = row.to, timezone.now()
    application.changes += 1
    application.save()


def _change(application: MembershipApplication, row: transitions.Transition, **params) -> None:
    _advance(application, row)
    notifications.tell_applicant(application, row.letter, **params)


def _record(application: MembershipApplication, event: Event, *, by: Person, **values) -> None:
    record(
        by=by, verb=f"members.application_{event.value}", phrase=PHRASES[event], target=application, **values
    )


def _checked(text: str, limit: int) -> str:
    text = text.strip()
    if not text:
        raise TextMissing
    if len(text) > limit:
        raise TextTooLong(length=len(text), limit=limit)
    return text


def _terms_version() -> str:
    """The terms are named by the day on which their content last changed."""
    day = Page.objects.filter(key="terms").values_list("content_updated_on", flat=True).first()
    return day.isoformat() if day else "unpublished"


def _begin_membership(application: MembershipApplication) -> None:
    person = application.person
    person.jurisdiction = application.jurisdiction
    person.occupation = application.occupation or person.occupation
    person.save(update_fields=["jurisdiction", "occupation"])
    person.affiliations.get_or_create(
        organization=application.organization, until=None, defaults={"title": application.role_title}
    )


def _confirmed_meanwhile(application: MembershipApplication) -> Organization | None:
    """Several people may have named one organization, each for themselves; the first that staff confirm is that of
    the later ones too."""
    own = application.organization
    if own.is_confirmed:
        return None
    confirmed = Organization.objects.filter(is_confirmed=True).named(own.name_en or own.name_fr)
    if confirmed is None:
        return None
    application.organization = confirmed
    application.save(update_fields=["organization"])
    return confirmed


def _end_membership(application: MembershipApplication) -> None:
    """Ends the affiliation that this approval began; one that is older stays."""
    began = timezone.localtime(application.decided_at).date()
    application.person.affiliations.filter(
        organization=application.organization_id, until=None, since__gte=began
    ).update(until=timezone.localdate())
