"""What the privacy notice promises: applications and registrations that came to nothing are removed after a while.

Only counts are kept. Nothing of anybody who is or was a member is touched, and a person to whom anything else refers (an
initiative, a comment, a report) stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from iqn.history.models import Event
from iqn.mail.models import Message
from members.choices import STAFF_GROUP, MembershipState
from members.models import MembershipApplication, Organization, Person, PurgeCount, User

DECLINED_AFTER = timedelta(days=730)  # 24 months
ABANDONED_AFTER = timedelta(days=365)
UNFINISHED_AFTER = timedelta(days=90)
AT_ONCE = 500  # rows of a kind in one run; the rest waits for the next day

# What goes together with a person; a row of any other kind keeps the person
GOES_WITH_PERSON = {"members.Consent", "mail.Message", "history.Event"}


@transaction.atomic
def purge(*, now: datetime | None = None) -> dict[str, int]:
    """Remove what is due and count it. Called every day; a second call on the same day removes what became due since."""
    now = now or timezone.now()
    removed = {
        "declined applications": _remove_applications(_declined(now)),
        "abandoned applications": _remove_applications(_abandoned(now)),
        "unfinished registrations": _remove_registrations(now),
    }
    for kind, count in removed.items():
        if count:
            _count(kind, count, now)
    return removed


def _count(kind: str, count: int, now: datetime) -> None:
    row, _created = PurgeCount.objects.get_or_create(
        day=timezone.localtime(now).date(), kind=kind, defaults={"removed": 0}
    )
    PurgeCount.objects.filter(pk=row.pk).update(removed=F("removed") + count)


# --- Applications ----------------------------------------------------------------------------------------------


def _of_no_member() -> models.QuerySet:
    """Applications of people who never were members. Whoever left after an approval was one; whoever withdrew was not."""
    membership = MembershipApplication.objects.filter(person=OuterRef("person")).filter(
        Q(state=MembershipState.APPROVED) | Q(state=MembershipState.LEFT, decided_at__isnull=False)
    )
    return MembershipApplication.objects.exclude(Exists(membership))


def _declined(now: datetime) -> models.QuerySet:
    return _of_no_member().filter(state=MembershipState.DECLINED, decided_at__lte=now - DECLINED_AFTER)


def _abandoned(now: datetime) -> models.QuerySet:
    """A question that nobody answered, or an application that was withdrawn."""
    return _of_no_member().filter(
        state__in=(MembershipState.NEEDS_INFORMATION, MembershipState.LEFT),
        state_since__lte=now - ABANDONED_AFTER,
    )


def _remove_applications(due: models.QuerySet) -> int:
    due_keys = due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    rows = list(
        MembershipApplication.objects.select_for_update(skip_locked=True).filter(pk__in=list(due_keys))
    )
    keys, organizations = [row.pk for row in rows], {row.organization_id for row in rows}
    Message.objects.filter(event__startswith="members.", params__application__in=keys).delete()
    _forget_events(MembershipApplication, keys)
    MembershipApplication.objects.filter(pk__in=keys).delete()
    _forget_versions("MembershipApplicationVersion", keys)
    # A later attempt's own versions still name the one that is gone; its number alone says nothing about anybody
    _remove_unused_organizations(organizations)
    return len(keys)


def _remove_unused_organizations(keys: set[int]) -> None:
    """Names that only a removed application brought, and that staff never confirmed."""
    unused = [
        row.pk
        for row in Organization.objects.filter(pk__in=keys, is_confirmed=False)
        if not _is_referred_to(row, allowed=set())
    ]
    Organization.objects.filter(pk__in=unused).delete()
    _forget_versions("OrganizationVersion", unused)
    _forget_events(Organization, unused)


# --- Registrations ---------------------------------------------------------------------------------------------


def _remove_registrations(now: datetime) -> int:
    """Accounts without any application, whether the address was ever proven or not."""
    last_seen = Greatest(F("date_joined"), Coalesce(F("last_login"), F("date_joined")))
    due = (
        User.objects.annotate(last_seen=last_seen)
        .filter(last_seen__lte=now - UNFINISHED_AFTER, is_superuser=False)
        .exclude(groups__name=STAFF_GROUP)
        .exclude(Exists(MembershipApplication.objects.filter(person__user=OuterRef("pk"))))
        .order_by("pk")[:AT_ONCE]
    )
    return sum(_remove_registration(user) for user in due)


def _remove_registration(user: User) -> bool:
    person = Person.objects.filter(user=user).first()
    if person is not None:
        if _is_referred_to(person, allowed=GOES_WITH_PERSON) or _did_something(person):
            return False
        Message.objects.filter(recipient=person).delete()
        _forget_events(Person, [person.pk])
        key = person.pk
        person.delete()
        _forget_versions("PersonVersion", [key])
    Message.objects.filter(address__iexact=user.email).delete()
    user.delete()
    return True


# --- Traces ----------------------------------------------------------------------------------------------------


def _is_referred_to(row: models.Model, *, allowed: set[str]) -> bool:
    """Does a row of any kind that was not allowed point at this one? New kinds count by themselves."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        if relation.related_model._meta.label in allowed or _is_version(relation.related_model):  # type: ignore[arg-type]
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            return True
    return False


def _did_something(person: Person) -> bool:
    """Is there history of what this person did to anything but the own record? Former staff decided about others."""
    kind = ContentType.objects.get_for_model(Person)
    return Event.objects.filter(actor=person).exclude(target_kind=kind, target_id=person.pk).exists()


def _is_version(model) -> bool:
    """Rows that triggers keep; they refer without holding on."""
    return any(field.name == "pgh_obj" for field in model._meta.get_fields())


def _forget_versions(name: str, keys: list[int]) -> None:
    apps.get_model("members", name).objects.filter(pgh_obj_id__in=keys).delete()


def _forget_events(model: type[models.Model], keys: list[int]) -> None:
    kind = ContentType.objects.get_for_model(model)
    Event.objects.filter(target_kind=kind, target_id__in=keys).delete()
