"""The queue in the admin: who may open it, what it shows, what its buttons do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iqn.history.models import Event
from iqn.mail.models import Message
from members import hints
from members.actions import applications
from members.choices import MembershipState
from members.models import DeclineReason, MembershipApplication
from tests.factories.members import (
    PASSWORD,
    ApplicationFactory,
    DeclineReasonFactory,
    OrganizationFactory,
    PersonFactory,
    UserFactory,
    make_person,
)
from tests.factories.pages import ClauseFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"
LIST = "/admin/members/membershipapplication/"
STEPS = ("approve", "ask", "decline", "reverse", "note")


@pytest.fixture
def staff():
    return make_person("Sam Staff", staff=True)


@pytest.fixture
def office(staff, sign_in):
    return sign_in(staff)


@pytest.fixture
def reason():
    ClauseFactory()
    return DeclineReasonFactory(title_en="Outside the field")


def step_url(row: MembershipApplication, step: str) -> str:
    return reverse(f"admin:members_membershipapplication_{step}", args=[row.pk])


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def names_in_list(client, query: str = "") -> list[str]:
    rows = client.get(LIST + query).context["cl"].result_list
    return [row.person.name for row in rows]


# --- Who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["anonymous", "applicant", "declined", "member", "left"])
def test_only_staff_come_in(cast, sign_in, role, reason):
    row = ApplicationFactory()
    client = sign_in(getattr(cast, role, None))

    paths = [LIST, f"{LIST}{row.pk}/change/", *(step_url(row, step) for step in STEPS)]
    assert {client.get(path).status_code for path in paths} == {302}
    assert {client.post(path, {"text": "x", "reason": reason.pk}).status_code for path in paths} == {302}

    row.refresh_from_db()
    assert row.state == MembershipState.APPLIED
    assert not Message.objects.exists()


@pytest.mark.parametrize("step", STEPS)
def test_every_post_wants_its_token(staff, reason, step):
    row = ApplicationFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff.user, backend="members.backends.AccountBackend")

    posts = [
        client.post(step_url(row, step), {"text": "x"}),
        client.post(LIST, {"action": "approve_selected"}),
    ]

    assert {response.status_code for response in posts} == {403}
    row.refresh_from_db()
    assert row.state == MembershipState.APPLIED


def test_nobody_decides_on_their_own_application(staff, office):
    own = ApplicationFactory(person=staff)

    assert office.post(step_url(own, "approve")).status_code == 403
    assert bulk(office, "approve_selected", [own], confirmed="yes").status_code == 403
    own.refresh_from_db()
    assert own.state == MembershipState.APPLIED


def test_a_bare_superuser_looks_and_decides_nothing(db):
    from allauth.mfa.models import Authenticator

    user = UserFactory(is_superuser=True, password=PASSWORD)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(user, backend="members.backends.AccountBackend")
    row = ApplicationFactory()

    assert client.get(LIST).status_code == 200
    assert client.post(step_url(row, "approve")).status_code == 403


def test_an_application_that_is_not_there(office):
    assert office.get(f"{LIST}999/approve/").status_code == 404
    assert office.get(f"{LIST}999/change/").status_code == 404


# --- The list ----------------------------------------------------------------------------------------------------


def test_the_queue_is_oldest_first_and_shows_what_waits_for_staff(office):
    now = timezone.now()
    for name, days, state in (
        ("Young", 1, MembershipState.APPLIED), ("Old", 20, MembershipState.APPLIED),
        ("Asked", 3, MembershipState.NEEDS_INFORMATION), ("Done", 4, MembershipState.APPROVED),
    ):  # fmt: skip
        ApplicationFactory(person__name=name, state=state, state_since=now - timedelta(days=days))

    assert names_in_list(office) == ["Old", "Young"]
    assert names_in_list(office, "?whose=applicant") == ["Asked"]
    assert names_in_list(office, "?whose=decided") == ["Done"]
    assert names_in_list(office, "?whose=all") == ["Old", "Done", "Asked", "Young"]
    assert names_in_list(office, "?whose=%27nonsense") == ["Old", "Young"]
    page = words(office.get(LIST))
    assert "2 weeks late" in page.replace("\xa0", " ")
    assert "1 day" in page.replace("\xa0", " ")


def test_hostile_names_and_reasons_are_shown_as_text(office, reason):
    row = ApplicationFactory(
        person__name=HOSTILE, organization__name_en=HOSTILE, role_title=HOSTILE, reason=HOSTILE, reference_name=HOSTILE,
        reference_email="r@example.org",
    )  # fmt: skip
    office.post(step_url(row, "note"), {"text": HOSTILE})

    pages = [office.get(path).content.decode() for path in (LIST, f"{LIST}{row.pk}/change/")]
    pages += [
        office.get(step_url(row, step)).content.decode() for step in ("approve", "ask", "decline", "note")
    ]
    pages += [bulk(office, f"{verb}_selected", [row]).content.decode() for verb in ("approve", "decline")]

    assert [("<script>alert" in page, "&lt;script&gt;alert" in page) for page in pages] == [(False, True)] * 8


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_the_same_number_of_queries(office, django_assert_num_queries, rows):
    for _ in range(rows):
        ApplicationFactory(organization__is_confirmed=False)
    office.get(LIST)

    with django_assert_num_queries(7):  # session, reader, count, rows, three for hints
        office.get(LIST)


def test_ticking_all_without_a_script(office):
    ApplicationFactory.create_batch(2)

    assert office.get(LIST + "?tick=all").content.decode().count("checked") == 2
    assert office.get(LIST).content.decode().count("checked") == 0


def test_hints(staff):
    ClauseFactory()
    work = OrganizationFactory(website="https://www.college.example/about", is_confirmed=True)
    make_person("Mia Member", MembershipState.APPROVED)
    colleague = PersonFactory(user=UserFactory(email="colleague@sub.college.example"))
    ApplicationFactory(person=colleague, state=MembershipState.APPROVED)
    person = PersonFactory(name="Mia  Member", user=UserFactory(email="mia@sub.college.example"))
    before = ApplicationFactory(person=person)
    applications.decline(application=before, by=staff, reason=DeclineReasonFactory())
    ApplicationFactory(person=person, state=MembershipState.LEFT)
    row = ApplicationFactory(
        person=person, organization=work, reference_name="Rita", reference_email="r@example.org"
    )
    free = ApplicationFactory(
        person=PersonFactory(user=UserFactory(email="x@gmail.com")), organization__is_confirmed=False
    )
    gone = ApplicationFactory(person=PersonFactory(user=None))
    day = timezone.localdate().strftime("%B %-d, %Y")

    found = {key: [h.text for h in hint] for key, hint in hints.hints_for([row, free, gone]).items()}
    applications.confirm_reference(application=row)
    row.refresh_from_db()
    confirmed = hints.hints_for([row])[row.pk][0].text

    assert [text.replace("\xa0", " ") for text in found[row.pk]] == [
        "Rita has not confirmed yet",
        "Address of the organization's own domain",
        "1 member with an address at sub.college.example",
        "1 other person with this name",
        f"Left or withdrew on {day}",
        f"Declined on {day} (clause M1)",
    ]
    assert found[free.pk] == ["Free mail address (gmail.com)", "New organization"]
    assert found[gone.pk] == []
    assert confirmed == "Confirmed by Rita"


# --- One at a time -----------------------------------------------------------------------------------------------


def test_approving_opens_the_next_one(office):
    first, second, third = (
        ApplicationFactory(state_since=timezone.now() - timedelta(days=days)) for days in (9, 6, 3)
    )

    response = office.post(step_url(second, "approve"), {"confirm_organization": "on"})

    assert response["Location"] == f"{LIST}{third.pk}/change/"  # not back to the one that was left for later
    response = office.post(step_url(third, "approve"))
    assert response["Location"] == f"{LIST}{first.pk}/change/"
    assert office.post(step_url(first, "approve"))["Location"] == LIST
    assert Message.objects.filter(event="members.application_approved").count() == 3


@pytest.mark.parametrize(("ticked", "confirmed"), [({"confirm_organization": "on"}, True), ({}, False)])
def test_approving_confirms_the_organization_where_ticked(office, ticked, confirmed):
    row = ApplicationFactory(organization__is_confirmed=False)

    office.post(step_url(row, "approve"), ticked)

    row.organization.refresh_from_db()
    assert row.organization.is_confirmed == confirmed


def test_approving_says_what_a_half_named_organization_waits_for(office):
    row = ApplicationFactory(organization__is_confirmed=False, organization__name_fr="")

    page = words(office.get(step_url(row, "approve")))

    assert "named in one language only" in page
    assert "The organization exists and its name is right" not in page


def test_declining_shows_the_letter_and_sends_it(office, reason, deliver):
    row = ApplicationFactory(language="fr", person=make_person("Chloé Côté", language="fr"))
    unusable = DeclineReasonFactory(title_en="Not usable", clause="M9")

    page = office.get(step_url(row, "decline"))
    assert [option["reason"] for option in page.context["options"]] == [reason]
    assert unusable.title not in words(page)
    letter = page.context["options"][0]["letter"]
    assert reason.text_fr in letter.text
    office.post(step_url(row, "decline"), {"reason": reason.pk, "addition": ""})

    [sent] = deliver()
    assert (sent.subject, sent.body) == (letter.subject, letter.text)


def test_an_over_long_reason_is_refused_before_any_mail(office, reason):
    row = ApplicationFactory()

    response = office.post(step_url(row, "decline"), {"reason": reason.pk, "addition": "x" * 1501})

    assert response.context["form"].errors == {
        "addition": ["Ensure this value has at most 1500 characters (it has 1501)."]
    }
    assert "x" * 1501 in response.content.decode()
    assert re.search(rf'value="{reason.pk}" id="[^"]+" checked', response.content.decode())
    assert not Message.objects.exists()


def test_a_no_needs_a_reason_that_can_be_used(office, reason):
    row = ApplicationFactory()
    unusable = DeclineReasonFactory(clause="M9")

    assert office.post(step_url(row, "decline"), {}).context["form"].errors == {
        "reason": ["Choose a reason."]
    }
    response = office.post(step_url(row, "decline"), {"reason": unusable.pk})
    assert response.context["form"].non_field_errors()[0].startswith("This reason cannot be used")
    assert not Message.objects.exists()


def test_asking_and_noting(office, staff):
    row = ApplicationFactory()

    assert office.post(step_url(row, "ask"), {"text": ""}).context["form"].errors == {
        "text": ["Write your question."]
    }
    office.post(step_url(row, "ask"), {"text": "Where?"})
    assert office.post(step_url(row, "note"), {"text": ""}).context["form"].errors == {
        "text": ["Write the note first."]
    }
    office.post(step_url(row, "note"), {"text": "Called them."})

    page = words(office.get(f"{LIST}{row.pk}/change/"))
    assert "Question, Sam Staff" in page
    assert "Internal note, Sam Staff" in page
    assert "Called them." in page
    assert "Sam Staff asked the applicant a question." in page
    assert "Sam Staff wrote an internal note." in page


@pytest.mark.parametrize("step", ["approve", "ask", "decline"])
def test_who_comes_second_is_told(office, staff, reason, step):
    row = ApplicationFactory(person__name="Ada Applicant")
    applications.approve(application=row, by=staff)

    seen = office.get(step_url(row, step), follow=True)
    sent = office.post(step_url(row, step), {"text": "Typed", "reason": reason.pk})

    assert "Ada Applicant: somebody else has decided meanwhile." in words(seen)
    assert "the application is now in the state “Member”" in words(sent)
    assert step != "ask" or "Typed" in sent.content.decode()
    assert Message.objects.count() == 1


def test_reversing_while_it_is_possible(office, staff):
    row = ApplicationFactory(person__name="Ada Applicant")
    applications.approve(application=row, by=staff)
    assert "Reverse the decision" in words(office.get(f"{LIST}{row.pk}/change/"))
    assert "We have taken this decision back" in words(office.get(step_url(row, "reverse")))

    response = office.post(step_url(row, "reverse"), follow=True)

    assert "The decision is reversed: Ada Applicant waits again" in words(response)
    assert "Reverse the decision" not in words(response)
    assert Message.objects.filter(event="members.decision_reversed").count() == 1
    assert "cannot be reversed any more" in words(office.get(step_url(row, "reverse"), follow=True))
    assert "This is not possible any more" in words(office.post(step_url(row, "reverse")))


def test_the_page_of_an_application_shows_its_history(office, staff, reason):
    person = make_person("Ada Applicant")
    before = ApplicationFactory(person=person, organization__name_en="Old College")
    applications.decline(application=before, by=staff, reason=reason)
    row = ApplicationFactory(person=person, previous=before)
    ApplicationFactory()

    now, then = (words(office.get(f"{LIST}{pk}/change/")) for pk in (row.pk, before.pk))

    assert "Old College (Declined, clause M1)" in now
    assert "The application was received." in now
    assert "1 other application waits for staff." in now
    assert "Sam Staff declined the application (clause M1 of the guidelines)." in then
    assert "What it asks." in then


# --- Several at once ---------------------------------------------------------------------------------------------


def bulk(client, action: str, rows, **more):
    return client.post(LIST, {"action": action, "_selected_action": [row.pk for row in rows], **more})


def test_the_bulk_page_lists_the_names_with_the_very_letters(office, deliver):
    rows = [
        ApplicationFactory(person=make_person(name, language=language), language=language)
        for name, language in (("Ada Able", "en"), ("Bea Bel", "fr"))
    ]

    page = bulk(office, "approve_selected", rows, index="0")
    shown = {entry["row"].person.name: entry["letter"] for entry in page.context["letters"]}
    assert not Message.objects.exists()  # looking sends nothing
    done = bulk(office, "approve_selected", rows, confirmed="yes")

    assert done.status_code == 302
    assert {letter.body.split(",")[0].split(" ", 1)[1]: letter.body for letter in deliver()} == {
        name: letter.text for name, letter in shown.items()
    }
    assert set(MembershipApplication.objects.values_list("state", flat=True)) == {MembershipState.APPROVED}


def test_bulk_approval_skips_who_was_decided_meanwhile_and_says_so(office, staff, reason):
    rows = [ApplicationFactory(person__name=name) for name in ("Ada Able", "Bea Bel")]
    applications.decline(application=rows[0], by=staff, reason=reason)

    response = office.post(
        LIST,
        {
            "action": "approve_selected",
            "_selected_action": [r.pk for r in rows] + ["²", "x"],
            "confirmed": "yes",
        },
        follow=True,
    )

    page = words(response)
    assert "1 application approved." in page
    assert "Ada Able: This is not possible any more" in page
    assert Message.objects.filter(event="members.application_approved").count() == 1


def test_bulk_decline_sends_one_no_to_each_in_their_language(office, reason):
    rows = [ApplicationFactory(language=language) for language in ("en", "fr")]

    page = bulk(office, "decline_selected", rows, index="1")
    assert [language for language, _wording in page.context["options"][0]["wordings"]] == ["en", "fr"]
    assert bulk(office, "decline_selected", rows, confirmed="yes").context["form"].errors == {
        "reason": ["Choose a reason."]
    }
    assert not Message.objects.exists()
    bulk(office, "decline_selected", rows, confirmed="yes", reason=reason.pk)

    assert sorted(Message.objects.values_list("event", "language")) == [
        ("members.application_declined", "en"),
        ("members.application_declined", "fr"),
    ]
    assert set(MembershipApplication.objects.values_list("state", flat=True)) == {MembershipState.DECLINED}


def test_nothing_ticked_does_nothing(office):
    ApplicationFactory()

    assert office.post(LIST, {"action": "approve_selected", "index": "0"}).status_code == 302
    assert not Message.objects.exists()


def test_nothing_is_deleted_or_added_here(office):
    row = ApplicationFactory()

    assert office.get(f"{LIST}add/").status_code == 403
    assert office.get(f"{LIST}{row.pk}/delete/").status_code == 403
    assert office.get(f"{LIST}nonsense/change/").status_code == 404


# --- Reasons -----------------------------------------------------------------------------------------------------


def test_a_reason_stands_in_both_languages(office, reason):
    path = f"/admin/members/declinereason/{reason.pk}/change/"
    values = {
        "clause": "M1", "title_en": "New", "title_fr": "Nouveau", "text_en": "Text.", "text_fr": "", "order": 1,
    }  # fmt: skip

    values["stamp"] = reason.stamp

    half = office.post(path, values)
    assert list(half.context["adminform"].form.errors) == ["text_fr"]
    whole = office.post(path, {**values, "text_fr": "Texte."})

    assert whole.status_code == 302
    reason.refresh_from_db()
    assert (reason.text_fr, reason.key) == ("Texte.", reason.key)
    assert Event.objects.about(reason).get().verb == "members.declinereason_changed"
    assert "New" in words(office.get("/admin/members/declinereason/"))


def test_a_new_reason_names_its_key(office, reason):
    response = office.post(
        "/admin/members/declinereason/add/",
        {
            "key": "new-one", "clause": "M1", "title_en": "A", "title_fr": "B", "text_en": "C", "text_fr": "D", "order": 0,
        },
    )  # fmt: skip

    assert response.status_code == 302
    assert DeclineReason.objects.filter(key="new-one").exists()
