"""Signing in: password and mailed code, trusted devices, second factors, reset, addresses, sessions, signing out."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from iqn.mail.models import Message
from members.choices import MembershipState
from tests.accounts.letters import code_in
from tests.accounts.passkeys import give_passkey
from tests.factories.members import PASSWORD, TOTP_SECRET, make_person

pytestmark = pytest.mark.django_db


def _app_code(secret: str = TOTP_SECRET, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def _give_password(client, person, **extra):
    return client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD}, **extra)


def _is_signed_in(client, person) -> bool:
    return client.session.get("_auth_user_id") == str(person.user_id)


@pytest.fixture
def member(site_pages):
    return make_person("Mia Member", MembershipState.APPROVED)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_password_then_code_then_home(client, deliver, member, language):
    with translation.override(language):
        answer = _give_password(client, member)
        assert answer["Location"] == reverse("account_confirm_login_code")
        assert not _is_signed_in(client, member)
        [letter] = deliver()
        answer = client.post(answer["Location"], {"code": code_in(letter)})
        assert answer["Location"] == reverse("mfa_trust")
        answer = client.post(answer["Location"], {"action": "skip"})
        assert answer["Location"] == reverse("portal:home")

    assert _is_signed_in(client, member)
    assert settings.MFA_TRUST_COOKIE_NAME not in client.cookies
    assert letter.extra_headers["Content-Language"] == language
    assert Message.objects.get().recipient == member


def test_a_trusted_device_is_not_asked_for_30_days(client, deliver, member):
    _give_password(client, member)
    [letter] = deliver()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(letter)})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    cookie = client.cookies[settings.MFA_TRUST_COOKIE_NAME]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (30 * 24 * 3600, True, "Lax")

    client.post(reverse("account_logout"))
    assert _give_password(client, member)["Location"] == reverse("portal:home")

    client.post(reverse("account_logout"))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        client.cookies[settings.MFA_TRUST_COOKIE_NAME] = cookie.value
        assert _give_password(client, member)["Location"] == reverse("account_confirm_login_code")


def test_a_new_password_ends_trust(client, deliver, member):
    _give_password(client, member)
    [letter] = deliver()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(letter)})
    client.post(reverse("mfa_trust"), {"action": "trust"})
    client.post(reverse("account_logout"))
    member.user.set_password(PASSWORD)
    member.user.save()

    assert _give_password(client, member)["Location"] == reverse("account_confirm_login_code")


def test_whoever_never_applied_is_led_to_the_application(client, deliver, site_pages):
    person = make_person("Nina Never")
    _give_password(client, person)
    [letter] = deliver()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(letter)})

    assert client.post(reverse("mfa_trust"), {"action": "skip"})["Location"] == reverse(
        "members:application-apply"
    )


def test_back_to_the_page_that_was_asked_for(client, deliver, member):
    asked = f"{reverse('members:account')}?a=1"
    answer = client.post(
        reverse("account_login"), {"login": member.user.email, "password": PASSWORD, "next": asked}
    )
    [letter] = deliver()
    client.post(answer["Location"], {"code": code_in(letter)})

    assert client.post(reverse("mfa_trust"), {"action": "skip"})["Location"] == asked


@pytest.mark.parametrize(
    "next_url",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)",
        "/%09/evil.example", "\thttps://evil.example", "/en/no-such-page/", "/en/accounts/register/",
        "/fr/comptes/deconnexion/", "/en/accounts/sign-in/?next=//evil.example", "", "http://[::1", "/\x00",
    ],
)  # fmt: skip
def test_nobody_is_led_astray(client, member, settings, next_url):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    answer = client.post(
        reverse("account_login"), {"login": member.user.email, "password": PASSWORD, "next": next_url}
    )

    assert answer["Location"] == reverse("portal:home")


def test_a_page_in_the_other_language_is_fine_to_go_to(client, member, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    data = {"login": member.user.email, "password": PASSWORD, "next": "/fr/comptes/securite/"}
    with translation.override("fr"):
        assert data["next"] == reverse("mfa_index")

    assert client.post("/en/accounts/sign-in/", data)["Location"] == data["next"]


# Second factors


def test_an_app_replaces_the_mailed_code(client, deliver, site_pages):
    person = make_person("Anna App", MembershipState.APPROVED, second_factor=True)
    assert _give_password(client, person)["Location"] == reverse("mfa_authenticate")
    assert deliver() == []

    code = _app_code()
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == reverse("mfa_trust")
    client.post(reverse("mfa_trust"), {"action": "skip"})
    assert _is_signed_in(client, person)

    # The same code a second time is nobody's
    other = Client()
    _give_password(other, person)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert not _is_signed_in(other, person)


def test_a_recovery_code_works_once(client, site_pages):
    person = make_person("Rose Recovery", MembershipState.APPROVED, second_factor=True)
    code = RecoveryCodes.activate(person.user).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        _give_password(client, person)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_recovery_codes_alone_are_no_second_factor(client, member):
    RecoveryCodes.activate(member.user)
    assert not type(member.user).objects.get(pk=member.user_id).has_second_factor
    assert not type(member.user).objects.with_standing().get(pk=member.user_id).has_second_factor

    give_passkey(member.user)
    assert type(member.user).objects.get(pk=member.user_id).has_second_factor
    assert type(member.user).objects.with_standing().get(pk=member.user_id).has_second_factor


def _dump() -> str:
    """Everything that the database holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            found += [row for (row,) in cursor.fetchall()]
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(found + sessions)


def test_the_database_holds_no_seed(client, member, django_capture_on_commit_callbacks):
    client.force_login(member.user, backend="members.backends.AccountBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": _app_code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    page = client.get(answer["Location"]).content.decode()
    assert all(code in page for code in codes)

    dump = _dump()
    assert member.user.email in dump
    assert [text for text in (secret, *codes) if text in dump] == []
    data = Authenticator.objects.get(type="totp").data
    assert data["secret"].startswith("gAAAA")


def test_seeds_are_read_with_an_older_key_too(member, settings):
    settings.ENCRYPTION_KEYS = ["old key"]
    TOTP.activate(member.user, TOTP_SECRET)
    settings.ENCRYPTION_KEYS = ["new key", "old key"]

    assert TOTP(Authenticator.objects.get()).validate_code(_app_code())


@pytest.mark.parametrize(
    "credential",
    [
        "", "{", "null", "1", '"x"', "[]", "{}", '{"id": 1}', '{"id": "AA", "rawId": "AA", "type": "public-key"}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": []}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": "x"}',
        '{"id": "AA", "rawId": "AA", "type": "x", "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": null}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "AA"}}',
        '{"id": "é", "rawId": "é", "type": "public-key", "response": {"clientDataJSON": "é", "attestationObject": "é"}}',
        "[" * 400 + "]" * 400, "[" * 9000, '{"id": "' + "A" * 30_000 + '"}',
    ],
)  # fmt: skip
def test_hostile_passkeys_get_a_sentence(client, member, credential):
    stranger = Client()
    stranger.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert stranger.post(reverse("mfa_login_webauthn"), {"credential": credential})["Location"] == reverse(
        "account_login"
    )
    client.force_login(member.user, backend="members.backends.AccountBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"credential": credential}).status_code == 200
    give_passkey(member.user)
    client.get(reverse("mfa_reauthenticate_webauthn"))
    assert client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": credential}).status_code in (
        200,
        302,
    )
    stage = Client()
    _give_password(stage, member)
    stage.get(reverse("mfa_authenticate"))
    assert stage.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200


# Reset


def test_a_new_password_by_code(client, deliver, member):
    elsewhere = Client()
    elsewhere.force_login(member.user, backend="members.backends.AccountBackend")
    answer = client.post(reverse("account_reset_password"), {"email": member.user.email})
    [letter] = deliver()
    answer = client.post(answer["Location"], {"code": code_in(letter)})
    answer = client.post(answer["Location"], {"password1": "umbrella-granite-violin-27"})

    assert answer["Location"] == reverse("account_password_reset_completed")
    assert not _is_signed_in(client, member)
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    [notice] = deliver()
    assert (notice.to, notice.subject) == ([member.user.email], "Your IQN password is a new one")
    member.user.refresh_from_db()
    assert member.user.check_password("umbrella-granite-violin-27")


# Looking after the account


@pytest.fixture
def confirmed(client, member):
    """Signed in, and asked again just now."""
    client.force_login(member.user, backend="members.backends.AccountBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_changing_the_password(confirmed, deliver, member):
    elsewhere = Client()
    elsewhere.force_login(member.user, backend="members.backends.AccountBackend")
    answer = confirmed.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "umbrella-granite-violin-27"},
    )

    assert answer["Location"] == reverse("mfa_index")
    assert confirmed.get(reverse("mfa_index")).status_code == 200
    assert elsewhere.get(reverse("mfa_index")).status_code == 302
    [notice] = deliver()
    assert notice.subject == "Your IQN password was changed"
    assert "127.0.0.1" in notice.body


def test_a_second_address(confirmed, deliver, member):
    first = member.user.email
    answer = confirmed.post(reverse("account_email"), {"action_add": "1", "email": "Second@Example.org"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    [letter] = deliver()
    assert (letter.to, letter.subject) == (["second@example.org"], "Your code to confirm your e-mail address")
    answer = confirmed.post(answer["Location"], {"code": code_in(letter)})
    assert answer["Location"] == reverse("account_email")

    confirmed.post(reverse("account_email"), {"action_primary": "1", "email": "second@example.org"})
    member.user.refresh_from_db()
    assert member.user.email == "second@example.org"
    [notice] = deliver()
    assert (notice.to, notice.subject) == ([first], "You sign in to IQN with another address now")

    confirmed.post(reverse("account_email"), {"action_remove": "1", "email": first})
    assert [address.email for address in member.user.emailaddress_set.all()] == ["second@example.org"]
    [notice] = deliver()
    assert notice.subject == "An address was removed from your IQN account"

    confirmed.post(reverse("account_email"), {"action_remove": "1", "email": "second@example.org"})
    assert member.user.emailaddress_set.count() == 1


def test_people_with_a_second_factor_may_add_an_address(client, deliver, site_pages):
    person = make_person("Anna App", MembershipState.APPROVED, second_factor=True)
    client.force_login(person.user, backend="members.backends.AccountBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answer = client.post(reverse("account_email"), {"action_add": "1", "email": "second@example.org"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert [letter.to for letter in deliver()] == [["second@example.org"]]


def test_what_touches_safety_asks_again(client, member):
    client.force_login(member.user, backend="members.backends.AccountBackend")
    ask = reverse("account_reauthenticate")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert client.get(reverse(name))["Location"].split("?")[0] == ask
    data = {"action_add": "1", "email": "second@example.org"}
    answer = client.post(reverse("account_email"), data)
    assert answer["Location"].split("?")[0] == ask

    # What was typed is not typed again
    answer = client.post(answer["Location"], {"password": PASSWORD, "next": reverse("account_email")})
    assert answer["Location"] == reverse("account_email_verification_sent")

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def test_sessions_are_listed_and_ended(client, member, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    _give_password(client, member)
    elsewhere = Client(headers={"User-Agent": "<b>Other</b> browser"})
    _give_password(elsewhere, member)

    page = client.get(reverse("usersessions_list"))
    assert page.context["session_count"] == 2
    assert "&lt;b&gt;Other&lt;/b&gt; browser" in page.content.decode()
    client.post(reverse("usersessions_list"))

    assert client.get(reverse("mfa_index")).status_code == 200
    assert elsewhere.get(reverse("mfa_index")).status_code == 302


@pytest.mark.parametrize("language", ["en", "fr"])
def test_signing_out_clears_what_the_browser_kept(client, member, language):
    client.force_login(member.user, backend="members.backends.AccountBackend")
    with translation.override(language):
        page = client.get(reverse("account_logout"))
        assert page.status_code == 200
        assert _is_signed_in(client, member)
        answer = client.post(reverse("account_logout"))
        assert answer["Location"] == reverse("portal:home")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session
    assert not page.has_header("Clear-Site-Data")


def test_a_closed_account_does_not_sign_in(client, deliver, member):
    member.user.is_active = False
    member.user.save()
    answer = _give_password(client, member)

    assert answer["Location"] == reverse("account_inactive")
    assert not _is_signed_in(client, member)
    assert deliver() == []


def test_hostile_codes_and_addresses_get_a_sentence(client, member):
    cache.clear()
    for text in ("\x00", "é" * 3000, "<script>", "' OR 1=1 --", "𝟙𝟚𝟛", "\u202e"):
        assert client.post(reverse("account_login"), {"login": text, "password": text}).status_code == 200
        cache.clear()
        assert client.post(reverse("account_reset_password"), {"email": text}).status_code == 200
    _give_password(client, member)
    for text in ("\x00", "é" * 3000):
        assert client.post(reverse("account_confirm_login_code"), {"code": text}).status_code == 200
