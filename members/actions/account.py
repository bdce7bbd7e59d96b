"""Accounts begin here: by registering, or by the operator's hand."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.choices import STAFF_GROUP
from members.models import Person, User


@transaction.atomic
def register(*, user: User, name: str, language: str) -> Person:
    """The person behind a new account; nobody else sees them before they apply."""
    person = Person.objects.create(user=user, name=" ".join(name.split()), language=language)
    record(
        by=person,
        verb="members.account_registered",
        phrase=_("%(actor)s registered"),
        target=person,
        for_staff=True,
    )
    return person


def needs_password(email: str) -> bool:
    """Did nobody prove this address yet? Then only a new password may open the account."""
    return not EmailAddress.objects.filter(email__iexact=email, verified=True).exists()


@transaction.atomic
def make_staff(
    *, by: Person | None, email: str, name: str, password: str | None, language: str = "en"
) -> Person:
    """Create an account for FCRO staff, or promote the one that proved this address.

    An account with an unproven address may be anybody's: it keeps neither its password nor its open sessions.
    """
    email = email.lower()
    if needs_password(email) and not password:
        raise ValidationError(_("This account needs a new password."), code="password_needed")
    user = _account(email)
    if password:
        user.set_password(password)
    user.is_active = True
    user.save()
    person = Person.objects.filter(user=user).first() or Person.objects.create(
        user=user, name=" ".join(name.split()), language=language
    )
    user.groups.add(Group.objects.get_or_create(name=STAFF_GROUP)[0])
    record(
        by=by, verb="members.staff_made", phrase=_("%(actor)s made %(person)s FCRO staff"), target=person,
        for_staff=True, person=person.name,
    )  # fmt: skip
    return person


def _account(email: str) -> User:
    """The locked account of this address; from now on the address counts as proven."""
    proven = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    if proven:
        return User.objects.select_for_update().get(pk=proven.user_id)
    user = User.objects.select_for_update().filter(email__iexact=email).first() or User.objects.create_user(
        email
    )
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user
