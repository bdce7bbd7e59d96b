"""Registering: name, address, password; a mailed code; then the application."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from iqn.mail.models import Message
from members.models import Person, User
from tests.accounts.letters import code_in
from tests.factories.members import PASSWORD

NEW = {"name": "  Nadia   Nouvelle ", "email": "Nadia@Example.org", "password1": PASSWORD, "homepage": ""}
pytestmark = pytest.mark.django_db


def _url(name: str, language: str) -> str:
    with translation.override(language):
        return reverse(name)


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Your code to create your IQN account"), ("fr", "Votre code pour créer votre compte du RQI")],
)
def test_registering_leads_to_the_application(client, deliver, site_pages, language, subject):
    response = client.post(_url("account_signup", language), NEW)
    assert response["Location"] == _url("account_email_verification_sent", language)

    [letter] = deliver()
    assert (letter.to, letter.subject) == (["nadia@example.org"], subject)

    response = client.post(response["Location"], {"code": code_in(letter).lower().replace("-", "")})
    assert response["Location"] == _url("members:application-apply", language)
    person = Person.objects.get(user__email="nadia@example.org")
    assert (person.name, person.language) == ("Nadia Nouvelle", language)
    assert client.session["_auth_user_id"] == str(person.user_id)
    assert EmailAddress.objects.get(user=person.user).verified
    [event] = Event.objects.about(person)
    assert (event.sentence_en, event.sentence_fr) == (
        "Nadia Nouvelle registered", "Inscription de Nadia Nouvelle"
    )  # fmt: skip


def test_the_ledger_keeps_no_code(client, deliver, site_pages):
    client.post(_url("account_signup", "en"), NEW)
    message = Message.objects.get()
    assert message.expires_at is not None

    [letter] = deliver()
    message.refresh_from_db()
    assert (message.event, message.recipient, message.is_secret) == (
        "accounts.email_confirmation_signup", Person.objects.get(), True
    )  # fmt: skip
    assert (message.subject, message.secret_subject, message.secret_text) == ("", "", "")
    assert code_in(letter) not in str(Message.objects.values_list())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_errors_keep_what_was_typed(client, site_pages, language):
    answer = client.post(
        _url("account_signup", language), {**NEW, "email": "not an address", "password1": "correct"}
    ).content.decode()

    assert 'value="  Nadia   Nouvelle "' in answer or 'value="Nadia   Nouvelle"' in answer
    assert 'value="not an address"' in answer
    assert 'value="correct"' not in answer
    assert answer.count('aria-invalid="true"') == 2
    assert User.objects.count() == 0


def test_programs_that_fill_in_every_field_get_no_account(client, deliver, site_pages):
    honest = client.post(_url("account_signup", "en"), {**NEW, "email": "honest@example.org"})
    program = client.post(_url("account_signup", "en"), {**NEW, "homepage": "https://spam.example"})

    assert (honest.status_code, honest["Location"]) == (program.status_code, program["Location"])
    assert [user.email for user in User.objects.all()] == ["honest@example.org"]
    assert [letter.to for letter in deliver()] == [["honest@example.org"]]


def test_the_honeypot_is_out_of_everybodys_way(client, site_pages):
    page = client.get(_url("account_signup", "en")).content.decode()

    [hidden] = [line for line in page.splitlines() if 'name="homepage"' in line]
    assert 'aria-hidden="true"' in hidden
    assert 'tabindex="-1"' in hidden
    assert "style=" not in hidden


@pytest.mark.parametrize(
    "name", ["x" * 121, "Nul\x00", "", "   ", "Prize at https://x.example", "www.x.example"]
)
def test_hostile_names_get_a_sentence(client, site_pages, name):
    response = client.post(_url("account_signup", "en"), {**NEW, "name": name})

    assert response.status_code == 200
    assert "name" in response.context["form"].errors
    assert User.objects.count() == 0


def test_the_same_form_twice_makes_one_account(client, deliver, site_pages):
    data = {**NEW, "submission": "6d1a3a60-4f2c-4b54-9d7e-3a2f6d8f1c11"}
    client.get(_url("account_signup", "en"))

    first = client.post(_url("account_signup", "en"), data)
    second = client.post(_url("account_signup", "en"), data)

    assert first["Location"] == second["Location"]
    assert User.objects.count() == 1
    assert len(deliver()) == 1


def test_a_password_with_ones_own_name_is_refused(client, site_pages):
    own = {**NEW, "name": "Wilhelmina Featherstonehaugh", "password1": "wilhelmina.featherstonehaugh"}
    response = client.post(_url("account_signup", "en"), own)

    assert "easy to guess" in str(response.context["form"].errors["password1"])
    other = {**own, "name": "Nadia Nouvelle"}
    assert client.post(_url("account_signup", "en"), other).status_code == 302


def test_three_wrong_codes_end_the_attempt(client, deliver, site_pages):
    client.post(_url("account_signup", "en"), NEW)
    [letter] = deliver()
    page = _url("account_email_verification_sent", "en")

    answers = [client.post(page, {"code": "BBBB-BBBB"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]

    assert client.post(page, {"code": code_in(letter)})["Location"] == _url("account_login", "en")
    assert not EmailAddress.objects.get().verified


def test_an_old_code_is_refused(client, deliver, site_pages):
    client.post(_url("account_signup", "en"), NEW)
    [letter] = deliver()

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        response = client.post(_url("account_email_verification_sent", "en"), {"code": code_in(letter)})

    assert response["Location"] == _url("account_login", "en")
    assert not EmailAddress.objects.get().verified


def test_a_new_code_replaces_the_first(client, deliver, site_pages):
    client.post(_url("account_signup", "en"), NEW)
    [first] = deliver()
    page = _url("account_email_verification_sent", "en")
    # Not more than one letter within ten seconds
    assert client.post(page, {"action": "resend"}).status_code == 429
    assert deliver() == []

    cache.clear()
    client.post(page, {"action": "resend"})
    [second] = deliver()
    assert code_in(first) != code_in(second)
    assert client.post(page, {"code": code_in(second)})["Location"] == _url("members:application-apply", "en")


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_login"])
def test_an_address_longer_than_any_mail_server_takes_is_refused(db, name):
    """Django's own field takes 320 characters, no column does."""
    address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org"
    assert len(address) == 255
    data = {
        "email": address,
        "login": address,
        "name": "Nadia New",
        "password1": PASSWORD,
        "password": PASSWORD,
    }

    page = Client().post(reverse(name), data)

    assert page.status_code == 200
    assert page.context["form"].errors["login" if name == "account_login" else "email"] == [
        "Ensure this value has at most 254 characters (it has 255)."
    ]
