"""Somebody on a roster without an account is asked to make one; accepting joins the two."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn import limits
from iqn.history.recording import record
from members.models import Person
from workgroups.groups import joining, notifications
from workgroups.groups.errors import HasAnAccount, InvitationUsed, NoAddress, TermsOverlap
from workgroups.groups.models import RosterInvitation, Term

AN_HOUR = 60


def invite(*, by: Person, term: Term) -> RosterInvitation:
    limits.check("roster-invitation", by.pk, AN_HOUR, 3600)
    return _invite(by=by, term=term)


@transaction.atomic
def _invite(*, by: Person, term: Term) -> RosterInvitation:
    person = Person.objects.select_for_update().get(pk=term.person_id)
    if person.user_id is not None:
        raise HasAnAccount
    if not term.email:
        raise NoAddress
    invitation = RosterInvitation.objects.create(person=person, email=term.email, invited_by=by)
    notifications.invite(invitation)
    record(
        by=by, verb="groups.roster_invitation_sent", target=person, for_staff=True, person=lambda: str(person),
        phrase=_("%(actor)s invited %(person)s to make an account."),
    )  # fmt: skip
    return invitation


@transaction.atomic
def accept(*, by: Person, invitation: RosterInvitation) -> Person:
    """The seats of the person without an account become those of `by`, who has one and holds the letter's link."""
    invitation = RosterInvitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at is not None:
        raise InvitationUsed
    old = Person.objects.select_for_update().get(pk=invitation.person_id)
    if old.user_id is not None:
        raise HasAnAccount
    _move_terms(old, by)
    for move in joining.movers():
        move(old, by)
    RosterInvitation.objects.filter(person=old).update(person=by, accepted_at=timezone.now())
    record(
        by=by, verb="groups.roster_invitation_accepted", target=by, for_staff=True, old=old.name,
        phrase=_("%(actor)s took over the seats that stood under the name %(old)s."), data={"old": old.pk},
    )  # fmt: skip
    return by


def _move_terms(old: Person, new: Person) -> None:
    try:
        with transaction.atomic():
            Term.objects.filter(person=old).update(person=new, email="")
    except IntegrityError as exc:  # both sat on one seat on the same days
        raise TermsOverlap from exc
