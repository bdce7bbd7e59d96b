"""Whether an address has an account is told to its owner alone, by e-mail."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from members.choices import MembershipState
from tests.factories.members import PASSWORD, make_person

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "kim.known@example.org", "una.unkno@example.org"  # of one length
MOVING = re.compile(r'name="(csrfmiddlewaretoken|submission)" value="[^"]+"')


@pytest.fixture(autouse=True)
def _known(site_pages):
    person = make_person("Kim Known", MembershipState.APPROVED)
    assert person.user.email == KNOWN


def _answers(email: str, *steps) -> list:
    """Status, redirect, names of cookies and headers, and body, of each step and of the page it leads to."""
    cache.clear()
    client, seen = Client(), []
    for name, data in steps:
        data = {key: email if value is KNOWN else value for key, value in data.items()}
        response = client.post(reverse(name), data)
        for answer in (response, client.get(response.get("Location", reverse(name)))):
            body = MOVING.sub("", answer.content.decode()).replace(email, "ADDRESS")
            headers = {
                k: v
                for k, v in answer.items()
                if k not in ("Content-Length", "Date", "Expires", "Last-Modified")
            }
            seen.append((answer.status_code, headers, sorted(answer.cookies), body))
    return seen


SIGN_UP = (
    "account_signup",
    {"name": "Somebody", "email": KNOWN, "password1": "umbrella-granite-violin-27", "homepage": ""},
)
FLOWS = {
    "sign-up": [SIGN_UP],
    "sign-up, wrong codes": [SIGN_UP, *[("account_email_verification_sent", {"code": "BBBB-BBBB"})] * 3],
    "sign-up, empty code": [SIGN_UP, ("account_email_verification_sent", {"code": ""})],
    "sign-up, another code too soon": [SIGN_UP, ("account_email_verification_sent", {"action": "resend"})],
    "sign-up, another address": [SIGN_UP, ("account_email_verification_sent", {"action": "change", "email": "x@example.org"})],
    "reset": [("account_reset_password", {"email": KNOWN})],
    "reset, wrong codes": [
        ("account_reset_password", {"email": KNOWN}),
        *[("account_confirm_password_reset_code", {"code": "BBBB-BBBB"})] * 3,
    ],
    "reset, too often": [("account_reset_password", {"email": KNOWN})] * 7,
    "sign-in": [("account_login", {"login": KNOWN, "password": "wrong-wrong-wrong"})],
    "sign-in, too often": [("account_login", {"login": KNOWN, "password": "wrong-wrong-wrong"})] * 7,
}  # fmt: skip


@pytest.mark.parametrize("flow", FLOWS)
def test_known_and_unknown_look_the_same(flow):
    known, unknown = _answers(KNOWN, *FLOWS[flow]), _answers(UNKNOWN, *FLOWS[flow])

    assert known == unknown
    assert len(known) >= 2


def test_the_comparison_would_see_a_difference():
    right = ("account_login", {"login": KNOWN, "password": PASSWORD})

    assert _answers(KNOWN, right) != _answers(UNKNOWN, right)


def test_the_owner_is_told(deliver):
    _answers(KNOWN, SIGN_UP)
    [letter] = deliver()
    assert (letter.to, letter.subject) == ([KNOWN], "You have an IQN account already")
    assert "http://localhost:8000/en/accounts/password/reset/" in letter.body

    _answers(UNKNOWN, ("account_reset_password", {"email": KNOWN}))
    [letter] = deliver()
    assert (letter.to, letter.subject) == ([UNKNOWN], "There is no IQN account with this address")
    assert "http://localhost:8000/en/accounts/register/" in letter.body


def test_links_in_letters_do_not_follow_the_request(deliver, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    Client(headers={"Host": "evil.example"}).post(reverse("account_reset_password"), {"email": UNKNOWN})
    [letter] = deliver()

    assert "evil.example" not in letter.body
    assert "http://localhost:8000/" in letter.body


def test_a_taken_address_cannot_be_told_from_a_free_one_when_added(deliver):
    person = make_person("Nosy Neighbour", MembershipState.APPROVED)
    client = Client()
    client.force_login(person.user, backend="members.backends.AccountBackend")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answers = []
    for email in (KNOWN, UNKNOWN):
        cache.clear()
        response = client.post(reverse("account_email"), {"action_add": "1", "email": email})
        page = client.get(response["Location"]).content.decode()
        answers.append(
            (response.status_code, response["Location"], MOVING.sub("", page).replace(email, "ADDRESS"))
        )
    assert answers[0] == answers[1]


@pytest.mark.parametrize("trap", ["", "https://example.org/"])
def test_registering_hashes_one_password_for_known_and_unknown(monkeypatch, trap):
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: hashed.append(args[0]) or encode(self, *args)
    )
    name, answers = SIGN_UP
    counts = []
    for email in (KNOWN, UNKNOWN):
        cache.clear()
        hashed.clear()
        Client().post(reverse(name), {**answers, "email": email, "homepage": trap})
        counts.append(list(hashed))

    assert counts == [[answers["password1"]]] * 2


@pytest.mark.slow
def test_known_and_unknown_take_the_same_time(settings):
    import statistics
    import time

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    person = make_person("Tim Timed", MembershipState.APPROVED)
    times = {person.user.email: [], UNKNOWN: []}
    client = Client()
    for _ in range(40):
        for email, seen in times.items():
            start = time.perf_counter()
            client.post(reverse("account_login"), {"login": email, "password": "wrong-wrong-wrong"})
            seen.append(time.perf_counter() - start)
    known, unknown = (statistics.median(seen) for seen in times.values())

    assert abs(known - unknown) / known < 0.1
