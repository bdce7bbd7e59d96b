"""Error pages: the right status, the reader's language, a way on, and every header that other pages have."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path, reverse

import iqn.urls
from iqn.limits import RateLimited
from members.choices import MembershipState
from tests.factories.members import make_person
from tests.pages_check import problems_of

FAILURES = {
    "400": SuspiciousOperation("no"),
    "403": PermissionDenied(),
    "404": Http404(),
    "429": RateLimited(retry_after=150),
    "500": RuntimeError("a secret of the house"),
}


@login_not_required
def fail(request, how):
    raise FAILURES[how]


@login_not_required
def dawdle(request):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'")
        cursor.execute("SELECT pg_sleep(30)")


@login_not_required
def form(request):
    return HttpResponse("sent")


urlpatterns = [
    *i18n_patterns(
        path("fail/<str:how>/", fail, name="fail"),
        path("form/", form, name="form"),
        path("dawdle/", dawdle),
    ),
    *iqn.urls.urlpatterns,
]
handler400, handler403, handler404 = iqn.urls.handler400, iqn.urls.handler403, iqn.urls.handler404
handler429, handler500 = iqn.urls.handler429, iqn.urls.handler500

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__), pytest.mark.usefixtures("site_pages")]
TITLES = {
    ("400", "en"): "We could not read this request", ("400", "fr"): "Nous n’avons pas pu lire cette requête",
    ("403", "en"): "This is not open to you", ("403", "fr"): "Vous n’avez pas accès à cette page",
    ("404", "en"): "We could not find this page", ("404", "fr"): "Page introuvable",
    ("429", "en"): "Too many tries", ("429", "fr"): "Trop de tentatives",
}  # fmt: skip


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def _heading(html: str) -> str:
    return html.split("<h1>")[1].split("</h1>")[0]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("how", ["400", "403", "404", "429"])
def test_each_error_in_the_language_of_the_address(client, how, language):
    answer = client.get(f"/{language}/fail/{how}/")
    html = answer.content.decode()

    assert answer.status_code == int(how)
    assert _heading(html) == TITLES[how, language]
    assert f'<html lang="{language}"' in html
    assert problems_of(html) == []
    assert f'href="/{language}/"' in html


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_old_form(language):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/{language}/form/", {})

    assert answer.status_code == 403
    html = answer.content.decode()
    assert f'<html lang="{language}"' in html
    assert (_heading(html) == "This form is too old") == (language == "en")
    assert problems_of(html) == []


def test_waiting_is_told_in_minutes_and_to_programs_in_seconds(client):
    answer = client.get("/en/fail/429/")

    assert answer["Retry-After"] == "150"
    assert "Try again in 2 minutes." in answer.content.decode()


def test_a_fault_is_answered_by_the_static_page(client, caplog):
    answer = client.get("/fr/fail/500/")
    html = answer.content.decode()

    assert answer.status_code == 500
    assert '<html lang="en">' in html
    assert '<section lang="fr">' in html
    assert "a secret of the house" not in html
    assert "RuntimeError" not in html
    assert problems_of(html) == []
    assert "a secret of the house" in caplog.text


@pytest.mark.parametrize("how", sorted(FAILURES))
def test_errors_have_every_header_that_pages_have(client, how):
    error, page = client.get(f"/en/fail/{how}/"), client.get(reverse("account_login"))

    names = (
        "Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
    )  # fmt: skip
    assert {name: error.headers.get(name) for name in names} == {name: page.headers[name] for name in names}
    assert "no-store" in error["Cache-Control"]


def test_a_fault_while_the_database_is_away(client):
    """The page needs nothing that can be broken: no query, no translation, no context."""

    def refuse(*args, **kwargs):
        raise RuntimeError("no database")

    with connection.execute_wrapper(refuse):
        answer = client.get("/en/fail/500/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_query_that_takes_too_long_ends_in_the_same_page(client):
    answer = client.get("/en/dawdle/")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_page_that_is_not_there_offers_to_sign_in_and_come_back(client):
    page = client.get("/en/no-such-page/?a=1&b=<i>").content.decode()
    assert f'href="{reverse("account_login")}?next=/en/no-such-page/%3Fa%3D1%26b%3D%253Ci%253E"' in page

    person = make_person("Mia Member", MembershipState.APPROVED)
    client.force_login(person.user, backend="members.backends.AccountBackend")
    assert "?next=" not in client.get("/en/no-such-page/").content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MembershipState.APPLIED, "Your own application says where you stand"),
        (MembershipState.APPROVED, "for somebody else"),
    ],
)
def test_forbidden_says_what_one_can_do(client, state, words):
    person = make_person("Paul Person", state)
    client.force_login(person.user, backend="members.backends.AccountBackend")

    assert words in client.get("/en/fail/403/").content.decode()


def test_addresses_outside_both_languages_follow_the_reader(client):
    french = Client(headers={"Accept-Language": "fr-CA"})

    assert '<html lang="fr"' in french.get("/no-such-page/").content.decode()
    assert '<html lang="en"' in client.get("/no-such-page/").content.decode()
    assert settings.LANGUAGE_CODE == "en"
