"""How often somebody may try: counted for all processes together, before a password is hashed, by the true address."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.choices import MembershipState
from tests.factories.members import PASSWORD, make_person

WRONG = {"login": "nobody@example.org", "password": "wrong-wrong-wrong"}


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _no_earlier_counts(site_pages):
    cache.clear()


@pytest.mark.django_db
def test_a_refused_try_costs_no_hash(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.calls = 0
    for _ in range(5):
        client.post(reverse("account_login"), WRONG)
    spent = CountingHasher.calls
    assert spent == 5

    answer = client.post(reverse("account_login"), WRONG)
    assert "Too many tries" in str(answer.context["form"].errors)
    assert CountingHasher.calls == spent


@pytest.mark.django_db
def test_counts_lie_in_the_database(client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        before = cursor.fetchone()[0]
        client.post(reverse("account_login"), WRONG)
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] > before


ANOTHER_PROCESS = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "iqn.settings.test"
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = {name!r}
from django.test import Client
for _ in range(3):
    Client().post("/en/accounts/sign-in/", {data!r})
"""


@pytest.mark.django_db(transaction=True)
def test_processes_count_together(client, repository):
    code = ANOTHER_PROCESS.format(name=connection.settings_dict["NAME"], data=WRONG)
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code], cwd=repository, check=True, timeout=120)

    answer = client.post(reverse("account_login"), WRONG)
    assert "Too many tries" in str(answer.context["form"].errors)


@pytest.mark.django_db
def test_another_forwarded_address_does_not_help(client):
    """Outside production no proxy is trusted; there, the last address is the one that counts."""
    answers = [
        client.post(
            reverse("account_login"), {**WRONG, "login": f"nobody{n}@example.org"}, headers={"X-Forwarded-For": f"192.0.2.{n}"}
        )
        for n in range(11)
    ]  # fmt: skip

    assert ["Too many tries" in str(a.context["form"].errors) for a in answers] == [False] * 10 + [True]


@pytest.mark.django_db
def test_behind_one_proxy_the_last_address_counts(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        client.post(
            reverse("account_login"),
            {**WRONG, "login": f"nobody{n}@example.org"},
            headers={"X-Forwarded-For": f"192.0.2.{n}, 198.51.100.7"},
        )
        for n in range(11)
    ]
    assert "Too many tries" in str(answers[-1].context["form"].errors)

    other = client.post(
        reverse("account_login"), WRONG, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.8"}
    )
    assert "Too many tries" not in str(other.context["form"].errors)


@pytest.mark.django_db
def test_one_persons_success_does_not_clear_anothers_count(client):
    person = make_person("Mia Member", MembershipState.APPROVED)
    for _ in range(5):
        client.post(reverse("account_login"), WRONG)
    Client().post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})

    answer = client.post(reverse("account_login"), WRONG)
    assert "Too many tries" in str(answer.context["form"].errors)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Too many tries"), ("fr", "Trop de tentatives")])
def test_the_page_that_says_wait(client, language, words):
    path = {"en": "/en/accounts/register/", "fr": "/fr/comptes/inscription/"}[language]
    for _ in range(20):
        answer = client.post(path, {"email": "x"})
        assert answer.status_code == 200
    answer = client.post(path, {"email": "x"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert f"<h1>{words}</h1>" in page


@pytest.mark.django_db
def test_guessing_app_codes_is_limited(client):
    person = make_person("Anna App", MembershipState.APPROVED, second_factor=True)
    client.post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
    answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _ in range(6)]

    assert ["Too many tries" in str(a.context["form"].errors) for a in answers] == [False] * 5 + [True]
