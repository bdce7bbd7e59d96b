"""What happens to a person: their profile, their leaving, their account."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.history.models import Event
from iqn.history.recording import record
from members import notifications
from members.actions import applications
from members.choices import MembershipState, NameOnPosts
from members.errors import SavedMeanwhile, StaffStay
from members.models import Person, User

PROFILE_FIELDS = (
    "name", "occupation", "jurisdiction", "languages", "language", "about", "about_language",
    "contact_email", "contact_email_visibility", "phone", "phone_visibility", "website", "website_visibility",
    "is_listed_publicly", "accepts_messages",
)  # fmt: skip
WIPED = {"contact_email": "", "phone": "", "website": "", "about": ""}
OPEN_STATES = (MembershipState.APPLIED, MembershipState.NEEDS_INFORMATION, MembershipState.APPROVED)


@transaction.atomic
def edit_profile(*, by: Person | None, person: Person, expected_version: int, **values: Any) -> Person:
    """Save what was typed, unless somebody saved since the form was opened."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.version != expected_version:
        raise SavedMeanwhile
    changed = [name for name in PROFILE_FIELDS if name in values and getattr(person, name) != values[name]]
    if not changed:
        return person
    for name in changed:
        setattr(person, name, values[name])
    person.version += 1
    person.save(update_fields=[*changed, "version"])
    record(
        by=by, verb="members.profile_edited", phrase=_("%(actor)s changed the profile of %(person)s."),
        target=person, for_staff=True, data={"fields": changed}, person=person.name,
    )  # fmt: skip
    return person


@transaction.atomic
def leave(*, by: Person, name_on_posts: str) -> Person:
    """Leave for good: the row of the person stays, so that posts and decisions keep their author; the account closes,
    what could be used to reach the person is wiped."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    account = person.user
    if account is None or account.is_staff:
        raise StaffStay
    if person.applications.filter(state__in=OPEN_STATES).exists():
        applications.leave(person=person, by=person)
    notifications.tell_that_they_left(person, address=account.email)
    _wipe(person)
    if name_on_posts == NameOnPosts.FORMER_MEMBER:
        _forget_name(person)
    _close(account)
    return person


def _wipe(person: Person) -> None:
    for name, value in WIPED.items():
        setattr(person, name, value)
    person.is_listed_publicly = person.accepts_messages = False
    person.version += 1
    person.save()
    # The versions kept by triggers hold the same details
    apps.get_model("members", "PersonVersion").objects.filter(pgh_obj_id=person.pk).update(**WIPED)


def _forget_name(person: Person) -> None:
    """Shown as "former member" everywhere, in the sentences of the history too."""
    shown_name = person.name
    person.is_shown_as_former_member = True
    person.save(update_fields=["is_shown_as_former_member"])
    former = {}
    for language in ("en", "fr"):
        with translation.override(language):
            former[language] = gettext("Former member")
    own, about = (
        Q(actor=person),
        Q(target_kind=ContentType.objects.get_for_model(Person), target_id=person.pk),
    )
    Event.objects.filter(own).update(actor_name=former["en"])
    Event.objects.filter(own | about).update(
        sentence_en=Replace(F("sentence_en"), Value(shown_name), Value(former["en"])),
        sentence_fr=Replace(F("sentence_fr"), Value(shown_name), Value(former["fr"])),
    )


def _close(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])


@transaction.atomic
def set_account_active(*, by: Person | None, account: User, is_active: bool) -> User:
    """Staff close an account or open it again; who somebody is stays as it was."""
    account = User.objects.select_for_update().get(pk=account.pk)
    if by is not None and account.pk == by.user_id:
        raise StaffStay
    if account.is_active == is_active:
        return account
    if not is_active:
        for session in UserSession.objects.filter(user=account):
            session.end()
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    phrase = _("%(actor)s opened an account again.") if is_active else _("%(actor)s closed an account.")
    record(by=by, verb="members.account_changed", phrase=phrase, target=account, for_staff=True)
    return account
