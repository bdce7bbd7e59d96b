"""Every page of signing in, in every state that somebody may see, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from members.choices import MembershipState
from tests.accounts.letters import code_in
from tests.accounts.passkeys import give_passkey
from tests.factories.members import PASSWORD, make_person

WRONG = {"code": "BBBB-BBBB"}


def _looked_at(name: str, response) -> tuple[str, HttpResponse]:
    assert response.status_code == 200, (name, response.status_code, response.get("Location"))
    return name, response


def states(deliver) -> Iterator[tuple[str, str]]:
    """(label, HTML); the language is the active one. `deliver` reads the codes."""
    for label, response in visits(deliver):
        yield label, response.content.decode()


def visits(deliver) -> Iterator[tuple[str, HttpResponse]]:
    """(label, answer). Whoever asks for one by one finds the client of the answer in the middle of the flow."""
    yield from _entrances()
    yield from _registering(deliver)
    yield from _signing_in(deliver)
    yield from _resetting(deliver)
    yield from _looking_after(deliver)
    yield from _second_factors()


def _entrances() -> Iterator[tuple[str, HttpResponse]]:
    client = Client()
    for name in ("account_login", "account_signup", "account_reset_password"):
        yield _looked_at(name, client.get(reverse(name)))
        yield _looked_at(f"{name} with errors", client.post(reverse(name), {}))
    for name in ("account_inactive", "account_password_reset_completed"):
        yield _looked_at(name, client.get(reverse(name)))
    wrong = {"login": "nobody@example.org", "password": "wrong"}
    yield _looked_at("wrong password", client.post(reverse("account_login"), wrong))
    for _ in range(12):
        tired = client.post(reverse("account_login"), wrong)
    yield _looked_at("too many wrong passwords", tired)
    cache.clear()


def _registering(deliver) -> Iterator[tuple[str, HttpResponse]]:
    client = Client()
    new = {"name": "Nadia", "email": "nadia.new@example.org", "password1": "nadia nadia", "homepage": ""}
    yield _looked_at("bad password", client.post(reverse("account_signup"), new))
    client.post(reverse("account_signup"), {**new, "password1": PASSWORD})
    deliver()
    page = reverse("account_email_verification_sent")
    yield _looked_at("registering code", client.get(page))
    yield _looked_at("registering code wrong", client.post(page, WRONG))
    cache.clear()


def _signing_in(deliver) -> Iterator[tuple[str, HttpResponse]]:
    person = make_person("Paula Password", MembershipState.APPROVED)
    client = Client()
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
    [letter] = deliver()
    page = reverse("account_confirm_login_code")
    yield _looked_at("sign-in code", client.get(page))
    yield _looked_at("sign-in code wrong", client.post(page, WRONG))
    client.post(page, {"code": code_in(letter)})
    yield _looked_at("trust", client.get(reverse("mfa_trust")))

    person = make_person("Anna App", MembershipState.APPROVED, second_factor=True)
    give_passkey(person.user)
    client = Client()
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
    page = reverse("mfa_authenticate")
    yield _looked_at("second factor", client.get(page))
    yield _looked_at("second factor wrong", client.post(page, {"code": "000000"}))
    cache.clear()


def _resetting(deliver) -> Iterator[tuple[str, HttpResponse]]:
    person = make_person("Rita Reset", MembershipState.APPROVED)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": person.user.email})
    [letter] = deliver()
    page = reverse("account_confirm_password_reset_code")
    yield _looked_at("reset code", client.get(page))
    yield _looked_at("reset code wrong", client.post(page, WRONG))
    client.post(page, {"code": code_in(letter)})
    page = reverse("account_complete_password_reset")
    yield _looked_at("reset password", client.get(page))
    yield _looked_at("reset password bad", client.post(page, {"password1": "short"}))


def _looking_after(deliver) -> Iterator[tuple[str, HttpResponse]]:
    person = make_person("Loredana Looker", MembershipState.APPROVED)
    client = _signed_in(person, deliver)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in (
        "account_logout", "account_change_password", "account_email", "usersessions_list", "mfa_index",
        "mfa_list_webauthn", "mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate",
    ):  # fmt: skip
        yield _looked_at(name, client.get(reverse(name)))
    _signed_in(person, deliver)
    yield _looked_at("two sessions", client.get(reverse("usersessions_list")))
    person.user.emailaddress_set.create(email="second@example.org", verified=False)
    yield _looked_at("two addresses", client.get(reverse("account_email")))
    for name, data in (
        ("account_change_password", {}),
        ("account_change_password", {"oldpassword": "x", "password1": "y"}),
        ("account_email", {"action_add": "1", "email": "no address"}),
        ("account_email", {"action_add": "1", "email": person.user.email}),
        ("account_reauthenticate", {"password": "wrong"}),
        ("mfa_activate_totp", {"code": "000000"}),
        ("mfa_add_webauthn", {"credential": "{}"}),
    ):
        yield _looked_at(f"{name} with errors", client.post(reverse(name), data))
    person.user.set_unusable_password()
    person.user.save()
    client = Client()
    client.force_login(person.user, backend="members.backends.AccountBackend")
    yield _looked_at("account_set_password", client.get(reverse("account_set_password")))


def _second_factors() -> Iterator[tuple[str, HttpResponse]]:
    person = make_person("Sonja Secure", staff=True)
    passkey = give_passkey(person.user)
    RecoveryCodes.activate(person.user)
    client = _confirmed(person)
    for name in (
        "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_list_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    ):  # fmt: skip
        yield _looked_at(f"{name} of staff", client.get(reverse(name)))
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        yield _looked_at(name, client.get(reverse(name, args=[passkey.pk])))
    yield _looked_at("edit with errors", client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {}))
    yield _looked_at("code wrong", client.post(reverse("mfa_reauthenticate"), {"code": "000000"}))
    bare = make_person("Boris Bare", staff=True, second_factor=False)
    client = Client()
    client.force_login(bare.user, backend="members.backends.AccountBackend")
    yield _looked_at("staff must enrol", client.get(reverse("mfa_index")))


def _signed_in(person, deliver) -> Client:
    """Through the door, so that the session is in the list."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(deliver()[-1])})
    client.post(reverse("mfa_trust"), {"action": "skip"})
    return client


def _confirmed(person) -> Client:
    """Signed in, and asked again just now."""
    client = Client()
    client.force_login(person.user, backend="members.backends.AccountBackend")
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client
