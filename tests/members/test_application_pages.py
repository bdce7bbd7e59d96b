"""The applicant's pages and the referee's page, as a person uses them."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from iqn import links
from iqn.mail.models import Message
from members.actions import applications
from members.choices import MembershipState
from members.models import MembershipApplication, Organization
from tests.factories.members import ApplicationFactory, DeclineReasonFactory, OrganizationFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.reference import JurisdictionFactory, OccupationFactory, StakeholderTypeFactory

HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(site_pages):
    """The footer links to them."""


def url(name: str, language: str = "en", **kwargs) -> str:
    with translation.override(language):
        return reverse(f"members:{name}", kwargs=kwargs or None)


def filled(**changes) -> dict:
    values = {
        "organization": "New College", "organization_kind": str(StakeholderTypeFactory(slug="regulator").pk),
        "role_title": "Registrar", "occupation": "", "jurisdiction": str(JurisdictionFactory().pk),
        "reason": "We assess qualifications.", "language": "en", "terms": "on",
        "reference_name": "", "reference_email": "",
    }  # fmt: skip
    return {**values, **changes}


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_organization_that_others_named_is_as_unknown_as_any(sign_in):
    ApplicationFactory(organization=OrganizationFactory(name_en="Quiet Start", is_confirmed=False))
    client = sign_in(make_person("Ada Applicant"))

    answers = [
        client.post(url("application-apply"), filled(organization=name, organization_kind="")).context["form"]
        for name in ("Quiet Start", "Nobody Knows It")
    ]

    assert answers[0].errors == answers[1].errors
    assert list(answers[0].errors) == ["organization_kind"]


def test_applying_leads_to_the_page_that_says_who_acts_next(sign_in):
    client = sign_in(make_person("Ada Applicant"))

    response = client.post(url("application-apply"), filled(occupation=OccupationFactory().pk), follow=True)

    assert response.redirect_chain == [(url("application-status"), 302)]
    assert "FCRO staff act next" in words(response)
    assert "We aim to answer by" in words(response)
    assert "New College" in words(response)
    assert Message.objects.get().event == "members.application_received"


def test_the_form_has_eight_fields_and_two_folded_ones(sign_in):
    OrganizationFactory(name_en="Zeta College", name_fr="Collège Zêta")
    OrganizationFactory(name_en="Hidden", is_confirmed=False)

    form = sign_in(make_person("Ada Applicant")).get(url("application-apply")).context["form"]

    assert [field.name for field in form] == [
        "organization", "organization_kind", "role_title", "occupation", "jurisdiction", "reason", "language", "terms",
        "reference_name", "reference_email",
    ]  # fmt: skip
    assert form.suggestions() == ["Zeta College"]
    with translation.override("fr"):
        assert form.suggestions() == ["Collège Zêta"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"organization": " "}, "organization", "Write the name of your organization."),
        ({"organization_kind": ""}, "organization_kind", "We do not know this organization yet: choose its type."),
        ({"organization": "Buy at https://spam.example"}, "organization", "Write a name here, not a web address."),
        ({"organization": "x" * 201}, "organization", "Ensure this value has at most 200 characters (it has 201)."),
        ({"role_title": "www.spam.example"}, "role_title", "Write a name here, not a web address."),
        ({"jurisdiction": ""}, "jurisdiction", "Choose a province, a territory or “Pan-Canadian”."),
        ({"jurisdiction": "999999"}, "jurisdiction", "Select a valid choice. That choice is not one of the available choices."),
        ({"reason": ""}, "reason", "Say in two or three sentences why you would like to join."),
        ({"reason": "x" * 2001}, "reason", "Ensure this value has at most 2000 characters (it has 2001)."),
        ({"reason": "a\x00b"}, "reason", "Null characters are not allowed."),
        ({"language": "de"}, "language", "Select a valid choice. de is not one of the available choices."),
        ({"terms": ""}, "terms", "Agree to the terms to apply."),
        ({"reference_name": "Rita"}, "reference_email", "Write the address of the person too, so that we can ask."),
        ({"reference_email": "r@example.org"}, "reference_name", "Write the name of the person too."),
        ({"reference_name": "Rita", "reference_email": "no"}, "reference_email", "Enter a valid email address."),
        (
            {"reference_name": "Me", "reference_email": "Ada.Applicant@example.org"}, "reference_email",
            "Name somebody else: this is your own address.",
        ),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(sign_in, changes, field, sentence):
    client = sign_in(make_person("Ada Applicant"))
    data = filled(**changes)

    response = client.post(url("application-apply"), data)

    assert response.status_code == 200
    assert response.context["form"].errors == {field: [sentence]}
    assert "There is a problem" in words(response)
    typed = {name: response.context["form"][name].value() for name in data}
    assert typed == {**data, "terms": bool(data["terms"])}
    assert not MembershipApplication.objects.exists()
    assert not Organization.objects.exists()


def test_line_ends_count_once(sign_in):
    client = sign_in(make_person("Ada Applicant"))

    client.post(url("application-apply"), filled(reason="\r\n".join(["x" * 99] * 20)))

    assert len(MembershipApplication.objects.get().reason) == 1999


def test_hostile_names_are_shown_as_text(sign_in):
    client = sign_in(make_person("Ada Applicant"))

    response = client.post(
        url("application-apply"),
        filled(organization=HOSTILE, role_title=HOSTILE, reason=HOSTILE),
        follow=True,
    )

    html = response.content.decode()
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert "<script>alert" not in html


def test_a_double_click_applies_once(sign_in):
    client = sign_in(make_person("Ada Applicant"))
    token = re.search(
        r'name="submission" value="([^"]+)"', client.get(url("application-apply")).content.decode()
    )[1]

    answers = [client.post(url("application-apply"), {**filled(), "submission": token}) for _ in range(2)]

    assert [a["Location"] for a in answers] == [url("application-status")] * 2
    assert MembershipApplication.objects.count() == 1


def test_somebody_who_applied_in_another_tab_is_told(sign_in, monkeypatch):
    client = sign_in(make_person("Ada Applicant"))

    def refuse(**values):
        from members.errors import AlreadyApplied

        raise AlreadyApplied

    monkeypatch.setattr(applications, "apply", refuse)

    response = client.post(url("application-apply"), filled())

    assert response.context["form"].non_field_errors() == [
        "You already have an open application or a membership. Your status page shows it."
    ]


def test_applying_again_is_prefilled_and_shows_the_history(sign_in):
    ClauseFactory()
    staff, person = make_person("Sam Staff", staff=True), make_person("Ada Applicant")
    row = ApplicationFactory(person=person, organization__name_en="Old College", role_title="Old role")
    applications.decline(application=row, by=staff, reason=DeclineReasonFactory(), addition="One more word.")
    applications.add_note(application=row, by=staff, text="Secretnote")
    client = sign_in(person)

    status = client.get(url("application-status"))
    assert "Why we said no" in words(status)
    assert "One more word." in words(status)
    assert "clause M1" in words(status)
    assert "What it asks." in words(status)
    form = client.get(url("application-apply")).context["form"]
    assert (form["organization"].value(), form["role_title"].value()) == ("Old College", "Old role")

    client.post(url("application-apply"), filled())
    again = client.get(url("application-status"))
    assert "Earlier applications" in words(again)
    assert "Old College, Old role" in words(again)
    assert "Secretnote" not in words(status) + words(again)


def test_a_question_is_answered_where_it_is_read(sign_in):
    staff, person = make_person("Sam Staff", staff=True), make_person("Ada Applicant")
    row = ApplicationFactory(person=person)
    applications.ask(application=row, by=staff, text=f"Where? {HOSTILE}")
    client = sign_in(person)

    page = client.get(url("application-status"))
    assert "You act next" in words(page)
    assert "Question from staff" in words(page)
    assert "<script>alert" not in page.content.decode()
    assert client.post(url("application-status"), {"text": " "}).context["form"].errors == {
        "text": ["Write your answer."]
    }
    done = client.post(url("application-status"), {"text": "Here."}, follow=True)

    assert "Your answer has reached us. Staff act next." in words(done)
    assert "Question from staff" not in words(done)
    row.refresh_from_db()
    assert row.state == MembershipState.APPLIED


def test_an_answer_that_comes_too_late_is_not_lost(sign_in):
    staff, person = make_person("Sam Staff", staff=True), make_person("Ada Applicant")
    row = ApplicationFactory(person=person)
    applications.ask(application=row, by=staff, text="Where?")
    applications.approve(application=row, by=staff)

    response = sign_in(person).post(url("application-status"), {"text": "My long answer"})

    assert response.status_code == 409
    assert "My long answer" in words(response)
    assert "the application is now in the state “Member”" in words(response)


@pytest.mark.parametrize("state", MembershipState)
def test_the_status_page_in_french(sign_in, state):
    person = make_person("Ada Applicant", state)

    response = sign_in(person).get(url("application-status", "fr"))

    assert response.status_code == 200
    assert "Votre demande" in words(response)
    for english in ("Your application", "act next", "Nobody needs", "Meanwhile", "What you sent us"):
        assert english not in words(response)


def test_the_form_in_french(sign_in):
    page = words(sign_in(make_person("Ada Applicant")).get(url("application-apply", "fr")))

    assert "Présenter une demande d’adhésion" in page
    assert "Province ou territoire (obligatoire)" in page
    for english in ("Your organization", "Send the application", "optional"):
        assert english not in page


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_status_page_takes_the_same_number_of_queries(sign_in, django_assert_num_queries, attempts):
    staff, person = make_person("Sam Staff", staff=True), make_person("Ada Applicant")
    for _ in range(attempts - 1):
        ApplicationFactory(person=person, state=MembershipState.DECLINED)
    row = ApplicationFactory(person=person)
    for _ in range(attempts):
        applications.ask(application=row, by=staff, text="Where?")
        applications.answer(application=row, by=person, text="Here.")
    client = sign_in(person)
    client.get(url("application-status"))

    with django_assert_num_queries(STATUS_QUERIES):
        client.get(url("application-status"))


STATUS_QUERIES = 4  # session, reader, attempts, conversation


@pytest.mark.parametrize("known", [1, 3])
def test_the_form_takes_the_same_number_of_queries(sign_in, django_assert_num_queries, known):
    OrganizationFactory.create_batch(known)
    OccupationFactory.create_batch(known)
    client = sign_in(make_person("Ada Applicant"))
    client.get(url("application-apply"))

    with django_assert_num_queries(FORM_QUERIES):
        client.get(url("application-apply"))


FORM_QUERIES = 8  # session, reader, earlier application, terms, three vocabularies, suggestions


# --- The referee -----------------------------------------------------------------------------------------------


def asked(**values) -> tuple[MembershipApplication, str]:
    row = ApplicationFactory(
        person=make_person("Ada Applicant"), reference_name="Rita", reference_email="r@example.org", **values
    )
    return row, links.token("members.reference", application=row.pk)


def test_looking_at_the_link_changes_nothing_and_the_button_confirms(client):
    row, token = asked()
    path = url("reference-confirm", token=token)

    page = client.get(path)
    row.refresh_from_db()
    assert row.reference_confirmed_at is None
    assert "Yes, I know Ada Applicant" in words(page)
    assert "noindex" in page.content.decode()
    done = client.post(path, follow=True)

    row.refresh_from_db()
    assert row.reference_confirmed_at is not None
    assert "Thank you for confirming" in words(done)
    assert client.post(path).status_code == 302  # once more does nothing


def test_the_link_shows_no_address(client):
    row, token = asked()

    page = client.get(url("reference-confirm", token=token)).content.decode()

    assert "ada.applicant@example.org" not in page
    assert "r@example.org" not in page
    assert row.reason not in page


def test_a_link_is_good_for_thirty_days(client):
    with time_machine.travel("2026-03-01 12:00 -0400"):
        _row, token = asked()
    path = url("reference-confirm", token=token)

    with time_machine.travel("2026-04-01 12:00 -0400"):
        responses = [client.get(path), client.post(path)]

    assert [r.status_code for r in responses] == [410, 410]
    assert "This link has expired" in words(responses[0])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_of_a_removed_application_and_a_damaged_one(client, language):
    row, token = asked()
    row.delete()

    assert client.get(url("reference-confirm", language, token=token)).status_code == 410
    assert client.get(url("reference-confirm", language, token=token[:-2])).status_code == 404
    assert client.post(url("reference-confirm", language, token="x")).status_code == 404


def test_after_the_decision_there_is_nothing_to_confirm(client):
    row, token = asked()
    applications.approve(application=row, by=make_person("Sam Staff", staff=True))
    path = url("reference-confirm", "fr", token=token)

    responses = [client.get(path), client.post(path)]

    assert [r.status_code for r in responses] == [200, 409]
    assert "il n’y a donc plus rien à confirmer" in words(responses[1])
