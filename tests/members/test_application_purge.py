"""Applications and registrations that came to nothing go after a while, with every trace; nobody else is touched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from iqn.history.models import Event
from iqn.history.recording import record
from iqn.mail.models import Message
from members.actions import applications
from members.actions.purge import purge
from members.choices import MembershipState
from members.jobs import purge as nightly
from members.models import Consent, MembershipApplication, Organization, Person, PurgeCount, User
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.factories.members import ApplicationFactory, PersonFactory, UserFactory, make_person
from tests.factories.reference import JurisdictionFactory, StakeholderTypeFactory

MONTH = timedelta(days=30)
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _database(db):
    """Every test here writes."""


def ago(period: timedelta):
    return timezone.now() - period


def an_application(state: str, since: timedelta, **values) -> MembershipApplication:
    decided = ago(since) if state in (MembershipState.APPROVED, MembershipState.DECLINED) else None
    return ApplicationFactory(state=state, state_since=ago(since), **{"decided_at": decided, **values})


def seen(person: Person, joined: timedelta, login: timedelta | None = None) -> Person:
    User.objects.filter(pk=person.user_id).update(date_joined=ago(joined), last_login=login and ago(login))
    return person


@pytest.mark.parametrize(
    ("state", "since", "kind"),
    [
        (MembershipState.DECLINED, 2 * YEAR, "declined applications"),
        (MembershipState.NEEDS_INFORMATION, YEAR, "abandoned applications"),
        (MembershipState.LEFT, YEAR, "abandoned applications"),  # withdrawn before any decision
    ],
)
def test_what_is_due_goes_and_is_counted(state, since, kind):
    due = an_application(state, since)
    kept = an_application(state, since - timedelta(days=1))

    removed = purge()

    assert removed[kind] == 1
    assert list(MembershipApplication.objects.values_list("pk", flat=True)) == [kept.pk]
    assert list(PurgeCount.objects.values_list("kind", "removed")) == [(kind, 1)]
    versions = apps.get_model("members", "MembershipApplicationVersion").objects
    assert not versions.filter(pgh_obj_id=due.pk).exists()
    assert versions.filter(pgh_obj_id=kept.pk).exists()
    assert Person.objects.filter(pk=due.person_id).exists()  # the account is younger than 90 days


@pytest.mark.parametrize("state", [MembershipState.APPLIED, MembershipState.APPROVED])
def test_what_waits_or_holds_stays_for_ever(state):
    an_application(state, 9 * YEAR)

    assert set(purge().values()) == {0}
    assert MembershipApplication.objects.count() == 1
    assert not PurgeCount.objects.exists()


@pytest.mark.parametrize("now", [MembershipState.APPROVED, MembershipState.LEFT])
def test_nothing_of_a_member_or_former_member_is_touched(now):
    person = PersonFactory()
    an_application(MembershipState.DECLINED, 5 * YEAR, person=person)
    an_application(MembershipState.LEFT, 4 * YEAR, person=person)  # withdrawn then
    an_application(now, 3 * YEAR, person=person, decided_at=ago(4 * YEAR))
    seen(person, 6 * YEAR)

    assert set(purge().values()) == {0}
    assert person.applications.count() == 3


def test_every_trace_of_a_removed_application_goes():
    staff = make_person("Sam Staff", staff=True)
    person = make_person("Ada Applicant")
    row = applications.apply(
        by=person, organization_name="Only here", organization_kind=StakeholderTypeFactory(), role_title="Registrar",
        occupation=None, jurisdiction=JurisdictionFactory(), reason="We assess.", language="en",
        reference_name="Rita", reference_email="rita@example.org",
    )  # fmt: skip
    applications.ask(application=row, by=staff, text="Where?")
    MembershipApplication.objects.update(state_since=ago(YEAR))
    seen(person, 2 * YEAR)

    assert purge() == {"declined applications": 0, "abandoned applications": 1, "unfinished registrations": 1}

    assert not Message.objects.exists()
    assert not Event.objects.exists()
    assert not Organization.objects.exists()
    assert not Consent.objects.exists()
    assert list(Person.objects.all()) == [staff]
    for name in ("MembershipApplicationVersion", "OrganizationVersion"):
        assert not apps.get_model("members", name).objects.exists()
    assert set(apps.get_model("members", "PersonVersion").objects.values_list("name", flat=True)) == {
        "Sam Staff"
    }


def test_an_organization_that_others_use_or_staff_confirmed_stays():
    confirmed = an_application(MembershipState.DECLINED, 3 * YEAR).organization
    shared = an_application(MembershipState.DECLINED, 3 * YEAR, organization__is_confirmed=False).organization
    ApplicationFactory(organization=shared)
    alone = an_application(MembershipState.DECLINED, 3 * YEAR, organization__is_confirmed=False).organization

    purge()

    left = set(Organization.objects.values_list("pk", flat=True))
    assert {confirmed.pk, shared.pk} <= left
    assert alone.pk not in left


def test_a_later_attempt_survives_the_earlier_one():
    before = an_application(MembershipState.DECLINED, 3 * YEAR)
    later = ApplicationFactory(person=before.person, previous=before)

    purge()

    later.refresh_from_db()
    assert (later.state, later.previous) == (MembershipState.APPLIED, None)


@pytest.mark.parametrize("is_verified", [True, False])
def test_a_registration_without_an_application_goes_after_ninety_days(is_verified):
    gone = PersonFactory(user=UserFactory(verified=is_verified))
    nobody = UserFactory()  # registered, and not even a person
    User.objects.filter(pk=nobody.pk).update(date_joined=ago(3 * MONTH))
    seen(gone, 3 * MONTH)
    for letter in (gone.user.email.upper(), "somebody.else@example.org"):  # a code, which names no person
        Message.objects.create(event="accounts.code", address=letter, language="en")
    young = seen(PersonFactory(), 3 * MONTH - timedelta(days=1))
    came_back = seen(PersonFactory(), 9 * MONTH, login=MONTH)
    applied = seen(ApplicationFactory().person, 9 * MONTH)

    assert purge()["unfinished registrations"] == 2
    assert set(Person.objects.values_list("pk", flat=True)) == {young.pk, came_back.pk, applied.pk}
    assert User.objects.count() == 3
    assert list(Message.objects.values_list("address", flat=True)) == ["somebody.else@example.org"]


def test_staff_and_people_with_records_of_their_own_are_never_removed():
    staff = seen(make_person("Sam Staff", staff=True), 5 * YEAR)
    superuser = PersonFactory(user=UserFactory(is_superuser=True))
    author = InitiativeFactory(author=PersonFactory()).author
    writer = CommentFactory(author=PersonFactory()).author
    people = {staff, seen(superuser, 5 * YEAR), seen(author, 5 * YEAR), seen(writer, 5 * YEAR)}

    assert purge()["unfinished registrations"] == 0
    assert people <= set(Person.objects.all())


def test_former_staff_stay_for_what_they_decided():
    staff = make_person("Sam Staff", staff=True)
    noted = make_person("Nia Noted", staff=True)
    applications.approve(application=ApplicationFactory(), by=staff)
    record(by=noted, verb="pages.page_saved", phrase="Saved.", target=ApplicationFactory().organization)
    for person in (staff, noted):
        person.user.groups.clear()
        seen(person, 5 * YEAR)
    Event.objects.filter(actor=staff).delete()  # the decision on the row is enough

    assert purge()["unfinished registrations"] == 0


def test_a_declined_person_goes_with_the_application_unless_they_wrote_something():
    gone = seen(an_application(MembershipState.DECLINED, 3 * YEAR).person, 4 * YEAR)
    kept = seen(an_application(MembershipState.DECLINED, 3 * YEAR).person, 4 * YEAR)
    CommentFactory(author=kept)

    assert purge() == {"declined applications": 2, "abandoned applications": 0, "unfinished registrations": 1}
    assert Person.objects.filter(pk=kept.pk).exists()
    assert not Person.objects.filter(pk=gone.pk).exists()


def test_counts_of_one_day_add_up():
    an_application(MembershipState.DECLINED, 3 * YEAR)
    nightly(0)
    an_application(MembershipState.DECLINED, 3 * YEAR)
    nightly(0)

    assert PurgeCount.objects.get(kind="declined applications").removed == 2
