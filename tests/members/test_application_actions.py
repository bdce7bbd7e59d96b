"""What each step of an application does beside changing its state."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from iqn.history.models import Event as Happened
from iqn.mail.models import Message
from members.actions import applications, organizations
from members.choices import MembershipState
from members.errors import (
    AppliedAgain,
    KindMissing,
    NotPossibleNow,
    ReasonNotUsable,
    TextMissing,
    TextTooLong,
    TooLateToReverse,
)
from members.models import MembershipApplication, Organization
from members.models.affiliation import Affiliation
from tests.factories.members import (
    AffiliationFactory,
    ApplicationFactory,
    DeclineReasonFactory,
    OrganizationFactory,
    PersonFactory,
    make_person,
)
from tests.factories.pages import ClauseFactory, PageFactory
from tests.factories.reference import JurisdictionFactory, OccupationFactory, StakeholderTypeFactory


@pytest.fixture
def staff(db):
    return make_person("Sam Staff", staff=True)


@pytest.fixture
def application(db):
    return ApplicationFactory(person=make_person("Ada Applicant"), organization__is_confirmed=False)


@pytest.fixture
def reason(db):
    ClauseFactory()
    return DeclineReasonFactory()


def apply(person, **changes):
    values = {
        "organization_name": "Collège du Test", "organization_kind": StakeholderTypeFactory(slug="regulator"),
        "role_title": "Registrar", "occupation": None, "jurisdiction": JurisdictionFactory(),
        "reason": "We assess qualifications.", "language": "fr",
    }  # fmt: skip
    return applications.apply(by=person, **{**values, **changes})


def test_applying_names_a_new_organization_in_the_language_of_the_applicant(db):
    PageFactory(key="terms", content_updated_on="2026-02-01")
    person = PersonFactory(language="en")

    made = apply(person)

    organization = made.organization
    assert (organization.name_fr, organization.name_en, organization.is_confirmed) == (
        "Collège du Test",
        None,
        False,
    )
    assert re.fullmatch(r"college-du-test-[0-9a-f]{8}", organization.slug)
    assert organization.jurisdiction == made.jurisdiction
    person.refresh_from_db()
    assert person.language == "fr"
    assert list(person.consents.values_list("terms_version", flat=True)) == ["2026-02-01"]


@pytest.mark.parametrize("typed", ["ordre de demo", "  College   of DEMO ", "cd", "OD"])
def test_applying_finds_the_known_organization(db, typed):
    known = OrganizationFactory(
        name_en="College of Demo", name_fr="Ordre de démo", acronym_en="CD", acronym_fr="OD"
    )

    made = apply(PersonFactory(), organization_name=typed, organization_kind=None)

    assert made.organization == known
    assert Organization.objects.count() == 1


def test_an_acronym_of_two_organizations_names_neither(db):
    OrganizationFactory(acronym_en="CPO")
    OrganizationFactory(acronym_en="CPO")

    assert Organization.objects.named("CPO") is None
    assert Organization.objects.named("  ") is None
    with pytest.raises(KindMissing):
        apply(PersonFactory(), organization_name="CPO", organization_kind=None)


def test_short_names_do_not_tell_whether_somebody_else_named_it_too(db):
    by, kind = PersonFactory(), StakeholderTypeFactory()
    first = organizations.find_or_name(by=by, name="Ordre A.", language="fr", kind=kind)
    second = organizations.find_or_name(by=by, name="Ordre: A", language="fr", kind=kind)
    nameless = organizations.find_or_name(by=by, name="学会", language="en", kind=kind)

    assert [slug[:-8] for slug in (first.slug, second.slug, nameless.slug)] == [
        "ordre-a-", "ordre-a-", "organization-",
    ]  # fmt: skip
    assert first.slug != second.slug


def test_what_others_have_named_is_unknown_until_staff_confirm_it(db, staff):
    theirs = apply(PersonFactory()).organization
    with pytest.raises(KindMissing):
        apply(PersonFactory(), organization_kind=None)

    mine = apply(PersonFactory()).organization

    assert theirs.name_fr == mine.name_fr
    assert theirs != mine
    theirs.name_en = "College of Test"
    theirs.save()
    organizations.confirm(by=staff, organization=theirs)
    assert apply(PersonFactory(), organization_kind=None).organization == theirs


def test_ones_own_new_organization_is_known_to_oneself(db, reason, staff):
    person = PersonFactory()
    first = apply(person)
    applications.decline(application=first, by=staff, reason=reason)

    assert apply(person, organization_kind=None).organization == first.organization


def test_the_first_that_staff_confirm_is_that_of_the_later_ones_too(db, staff):
    first, second = apply(PersonFactory()), apply(PersonFactory())
    assert first.organization != second.organization
    first.organization.name_en = "College of Test"
    first.organization.save()

    applications.approve(application=first, by=staff)
    applications.approve(application=second, by=staff)

    second.refresh_from_db()
    assert second.organization == first.organization
    assert second.person.affiliations.get().organization == first.organization
    assert Organization.objects.filter(is_confirmed=True).count() == 1


def test_applying_again_links_the_earlier_attempt(db):
    person = make_person("Dora Declined", MembershipState.DECLINED)
    before = person.applications.get()

    made = apply(person)

    assert made.previous == before
    before.refresh_from_db()
    assert before.state == MembershipState.DECLINED
    assert (
        person.user.__class__.objects.with_standing().get(pk=person.user.pk).standing
        == MembershipState.APPLIED
    )


def test_naming_a_referee_asks_that_person_once(db):
    made = apply(PersonFactory(), reference_name="Rita Referee", reference_email="rita@example.org")

    asked = Message.objects.get(event="members.reference_request")
    assert (asked.address, asked.recipient, asked.once) == ("rita@example.org", None, f"reference:{made.pk}")
    assert Message.objects.count() == 2


def test_without_an_account_nobody_is_written_to(staff):
    application = ApplicationFactory(person=PersonFactory(user=None))

    applications.approve(application=application, by=staff)

    assert not Message.objects.exists()


def test_approving_begins_the_membership(application, staff):
    occupation = OccupationFactory()
    MembershipApplication.objects.update(occupation=occupation)

    applications.approve(application=application, by=staff)

    person = application.person
    person.refresh_from_db()
    assert (person.occupation, person.jurisdiction) == (occupation, application.jurisdiction)
    here = person.affiliations.get()
    assert (here.organization, here.title, here.until) == (application.organization, "Analyst", None)
    application.organization.refresh_from_db()
    assert application.organization.is_confirmed
    application.refresh_from_db()
    assert application.decided_by == staff


def test_approving_confirms_by_the_action_what_stands_in_both_languages(application, staff):
    half = ApplicationFactory(organization__is_confirmed=False, organization__name_fr="")

    for row in (application, half):
        applications.approve(application=row, by=staff)

    confirmed = Happened.objects.filter(verb="members.organization_confirmed")
    assert [(e.actor, e.target_id) for e in confirmed] == [(staff, application.organization_id)]
    half.organization.refresh_from_db()
    assert (half.organization.is_confirmed, half.person.is_member) == (False, True)


def test_approving_may_leave_the_organization_unconfirmed(application, staff):
    applications.approve(application=application, by=staff, confirm_organization=False)

    application.organization.refresh_from_db()
    assert not application.organization.is_confirmed


def test_an_affiliation_that_is_older_survives_approval_and_reversal(application, staff):
    older = AffiliationFactory(
        person=application.person,
        organization=application.organization,
        since=timezone.localdate() - timedelta(90),
    )

    applications.approve(application=application, by=staff)
    applications.reverse(application=application, by=staff)

    assert list(Affiliation.objects.values_list("pk", "until")) == [(older.pk, None)]


def test_reversing_an_approval_ends_what_it_began(application, staff):
    applications.approve(application=application, by=staff)
    applications.reverse(application=application, by=staff)

    application.refresh_from_db()
    assert (application.state, application.decided_at, application.decided_by) == (
        MembershipState.APPLIED,
        None,
        None,
    )
    assert application.person.current_affiliations().count() == 0

    applications.approve(application=application, by=staff)  # the second look may end well
    assert application.person.current_affiliations().count() == 1


def test_declining_keeps_reason_and_clause_of_the_day(application, staff, reason):
    MembershipApplication.objects.update(language="fr")

    applications.decline(application=application, by=staff, reason=reason, addition=" Écrivez-nous. ")
    ClauseFactory._meta.model.objects.update(text_fr="Autre chose.")

    application.refresh_from_db()
    assert application.decline_clause == "M1"
    assert application.decline_clause_text == "Ce qu’il demande."
    assert application.decline_text == f"{reason.text_fr}\n\nÉcrivez-nous."
    story = Happened.objects.about(application).get()
    assert story.sentence_en == "Sam Staff declined the application (clause M1 of the guidelines)."
    assert story.sentence_fr != story.sentence_en


def test_approving_after_a_reversed_no_forgets_its_reason(application, staff, reason):
    applications.decline(application=application, by=staff, reason=reason)
    applications.reverse(application=application, by=staff)
    applications.approve(application=application, by=staff)

    application.refresh_from_db()
    assert (application.decline_clause, application.decline_clause_text, application.decline_text) == (
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    "fault", ["clause missing", "clause repealed", "text missing", "clause untranslated"]
)
def test_a_reason_without_its_clause_or_text_is_refused_before_any_mail(application, staff, fault):
    clause = ClauseFactory() if fault != "clause missing" else None
    reason = DeclineReasonFactory(text_en="" if fault == "text missing" else "Because.")
    if fault == "clause repealed":
        clause.is_repealed = True
        clause.save()
    if fault == "clause untranslated":
        clause.text_en = ""
        clause.save()

    with pytest.raises(ReasonNotUsable):
        applications.decline(application=application, by=staff, reason=reason)

    application.refresh_from_db()
    assert application.state == MembershipState.APPLIED
    assert not Message.objects.exists()


def test_over_long_texts_are_refused_before_any_mail(application, staff, reason):
    with pytest.raises(TextTooLong, match="This text has 1501 characters. At most 1500 are possible."):
        applications.decline(application=application, by=staff, reason=reason, addition="x" * 1501)
    with pytest.raises(TextTooLong):
        applications.ask(application=application, by=staff, text="x" * 4001)
    with pytest.raises(TextTooLong):
        applications.add_note(application=application, by=staff, text="x" * 4001)
    with pytest.raises(TextMissing):
        applications.ask(application=application, by=staff, text=" \n ")

    assert not Message.objects.exists()
    assert not application.messages.exists()


def test_a_decision_can_be_reversed_for_24_hours(application, staff):
    with time_machine.travel("2026-03-06 12:00 -0400", tick=False) as clock:
        applications.approve(application=application, by=staff)
        clock.shift(timedelta(hours=24))
        with pytest.raises(TooLateToReverse):
            applications.reverse(application=application, by=staff)
        clock.shift(timedelta(seconds=-1))
        assert applications.reverse(application=application, by=staff).state == MembershipState.APPLIED


def test_a_no_is_not_reversed_once_the_person_has_applied_again(application, staff, reason):
    applications.decline(application=application, by=staff, reason=reason)
    apply(application.person)

    with pytest.raises(AppliedAgain):
        applications.reverse(application=application, by=staff)


def test_notes_are_for_staff_alone(application, staff):
    applications.add_note(application=application, by=staff, text="Called the college: **yes**.")

    story = Happened.objects.about(application).get()
    assert story.for_staff
    assert "Called" not in story.sentence_en + story.sentence_fr
    assert not Message.objects.exists()


def test_a_reference_is_confirmed_once_while_the_application_waits(application, staff):
    first = applications.confirm_reference(application=application).reference_confirmed_at
    again = applications.confirm_reference(application=application).reference_confirmed_at

    assert first == again
    assert Happened.objects.about(application).count() == 1


def test_a_reference_comes_too_late_after_the_decision(application, staff):
    applications.approve(application=application, by=staff)

    with pytest.raises(NotPossibleNow):
        applications.confirm_reference(application=application)


def test_bulk_approval_writes_each_once_and_says_whom_it_left_alone(staff, reason):
    rows = [ApplicationFactory(organization__is_confirmed=False) for _ in range(3)]
    applications.decline(application=rows[1], by=staff, reason=reason)
    Message.objects.all().delete()

    result = applications.approve_many(applications=reversed(rows), by=staff)

    assert [row.pk for row in result.done] == [rows[0].pk, rows[2].pk]
    assert [(row.pk, type(why)) for row, why in result.refused] == [(rows[1].pk, NotPossibleNow)]
    assert sorted(Message.objects.values_list("event", "recipient")) == [
        ("members.application_approved", rows[0].person_id),
        ("members.application_approved", rows[2].person_id),
    ]
    assert Organization.objects.filter(pk=rows[0].organization_id, is_confirmed=True).exists()


def test_bulk_decline_never_sends_an_approval(staff, reason):
    rows = [ApplicationFactory() for _ in range(3)]

    applications.decline_many(applications=rows, by=staff, reason=reason)

    assert set(Message.objects.values_list("event", flat=True)) == {"members.application_declined"}
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_approvals_make_one_and_one_letter():
    staff = make_person("Sam Staff", staff=True)
    application = ApplicationFactory(person=make_person("Ada Applicant"))
    outcomes: list[str] = []
    gate = threading.Barrier(20)

    def try_it() -> None:
        gate.wait()
        try:
            applications.approve(application=application, by=staff)
            outcomes.append("approved")
        except NotPossibleNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["approved"] + ["refused"] * 19
    assert Message.objects.filter(event="members.application_approved").count() == 1
    assert Affiliation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_apply_once():
    person = PersonFactory()
    JurisdictionFactory()
    kind = StakeholderTypeFactory(slug="regulator")
    gate = threading.Barrier(4)
    outcomes: list[str] = []

    def try_it() -> None:
        gate.wait()
        try:
            apply(person, organization_kind=kind)
            outcomes.append("applied")
        except Exception as exc:
            outcomes.append(type(exc).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["AlreadyApplied"] * 3 + ["applied"]
