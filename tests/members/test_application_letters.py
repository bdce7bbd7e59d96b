"""The letters about an application, as the applicant reads them."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from iqn import links
from iqn.mail.models import Message, MessageState
from members import notifications
from members.actions import applications
from members.models import ApplicationMessage, MembershipApplication
from tests.factories.members import ApplicationFactory, DeclineReasonFactory, UserFactory, make_person
from tests.factories.pages import ClauseFactory

HOSTILE = '<script>alert(1)</script> & "Bobby" {{ name }}'


@pytest.fixture
def staff(db):
    return make_person("Sam Staff", staff=True)


def ready(language="en", **extra):
    person = make_person("Zoë O'Neil", language=language)
    return ApplicationFactory(person=person, language=language, **extra)


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        (
            "en",
            "Welcome: you are a member of the International Qualifications Network",
            "Your application is approved.",
        ),
        ("fr", "Bienvenue : vous êtes membre", "Votre demande est acceptée."),
    ],
)
def test_the_letter_is_in_the_language_of_the_applicant(staff, deliver, language, subject, sentence):
    applications.approve(application=ready(language), by=staff)

    [letter] = deliver()

    assert letter.subject.startswith(subject)
    assert sentence in letter.body
    assert "Zoë O'Neil" in letter.body
    assert f"{settings.SITE_ORIGIN}/{language}/" in letter.body
    assert letter.to == ["zoë.o'neil@example.org"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_whole_life_sends_one_letter_for_each_transition(staff, deliver, language):
    ClauseFactory()
    reason = DeclineReasonFactory()
    row = ready(language)
    applications.ask(application=row, by=staff, text="Where do you work?")
    applications.answer(application=row, by=row.person, text="At home.")
    applications.decline(application=row, by=staff, reason=reason, addition="Un mot de plus.")
    applications.reverse(application=row, by=staff)
    applications.approve(application=row, by=staff)

    assert list(Message.objects.order_by("pk").values_list("event", "once")) == [
        ("members.application_question", f"application:{row.pk}:1"),
        ("members.application_answered", f"application:{row.pk}:2"),
        ("members.application_declined", f"application:{row.pk}:3"),
        ("members.decision_reversed", f"application:{row.pk}:4"),
        ("members.application_approved", f"application:{row.pk}:5"),
    ]


def test_question_and_no_carry_their_words(staff, deliver):
    ClauseFactory()
    reason = DeclineReasonFactory()
    row = ready("fr")
    applications.ask(application=row, by=staff, text="Où travaillez-vous & depuis quand?")
    [question] = deliver()
    applications.decline(application=row, by=staff, reason=reason, addition="Un mot de plus.")
    [no] = deliver()

    assert "Où travaillez-vous & depuis quand?" in question.body
    assert reason.text_fr in no.body
    assert "Un mot de plus." in no.body
    assert "M1" in no.body
    assert "Ce qu’il demande." in no.body


def test_hostile_text_stays_text_in_both_parts_of_the_letter(staff, deliver):
    row = ready()
    applications.ask(application=row, by=staff, text=HOSTILE)

    [letter] = deliver()

    assert HOSTILE in letter.body
    html = letter.alternatives[0][0]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_preview_is_the_very_letter(staff, deliver):
    ClauseFactory()
    reason = DeclineReasonFactory()
    row = ready("fr")
    expected = notifications.preview_declined(row, reason, "Un mot.")
    applications.decline(application=row, by=staff, reason=reason, addition="Un mot.")

    [letter] = deliver()

    assert (letter.subject, letter.body) == (expected.subject, expected.text)


def test_a_preview_of_an_unusable_reason_is_none(db):
    assert notifications.preview_declined(ready(), DeclineReasonFactory()) is None


def test_the_referee_reads_both_languages_and_gets_a_link_that_works(db, deliver):
    row = ready("fr", reference_name="Rita", reference_email="rita@example.org")
    notifications.ask_reference(row)

    [letter] = deliver()

    assert letter.to == ["rita@example.org"]
    assert letter.body.startswith("(The English text follows.)")
    assert "do nothing: the person will not be told" in letter.body
    tokens = re.findall(r"/(?:reference|confirmation)/([^/]+)/", letter.body)
    assert [links.read("members.reference", token) for token in tokens] == [{"application": row.pk}] * 2


@pytest.mark.parametrize("meanwhile", ["decided", "confirmed", "removed"])
def test_a_referee_is_not_asked_for_nothing(staff, deliver, meanwhile):
    row = ready("en", reference_email="rita@example.org", reference_name="Rita")
    notifications.ask_reference(row)
    if meanwhile == "decided":
        applications.approve(application=row, by=staff)
        Message.objects.filter(event="members.application_approved").delete()
    if meanwhile == "confirmed":
        applications.confirm_reference(application=row)
    if meanwhile == "removed":
        MembershipApplication.objects.all().delete()

    assert deliver() == []
    assert Message.objects.get().state == MessageState.DROPPED


def test_a_letter_about_something_that_is_gone_is_dropped(staff, deliver):
    row = ready()
    applications.ask(application=row, by=staff, text="Where?")
    ApplicationMessage.objects.all().delete()
    assert deliver() == []

    applications.approve(application=row, by=staff)
    person = make_person("Someone Else")
    MembershipApplication.objects.update(person=person)  # merged into another person meanwhile
    assert deliver() == []
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DROPPED}


def test_one_name_one_letter(db):
    row = ready()

    assert notifications.tell_applicant(row, notifications.APPROVED) is not None
    assert notifications.tell_applicant(row, notifications.APPROVED) is None
    assert UserFactory._meta.model.objects.count() == 1
