"""The exact headers of production on every route."""

from __future__ import annotations

import importlib
import os
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from iqn.files.choices import MEDIA_TYPES
from iqn.files.serving import POLICY as FILE_POLICY
from tests.matrix.all_rows import all_rows
from tests.site.states import roles_to_look_as
from tests.site.test_env import PRODUCTION

POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; object-src 'none'; "
    "require-trusted-types-for 'script'; script-src 'self'; style-src 'self'; trusted-types 'none'; "
    "upgrade-insecure-requests; report-uri /csp-report/"
)
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
TAKEN = ("SECURE_", "SESSION_COOKIE", "CSRF_COOKIE", "LANGUAGE_COOKIE", "CONTENT_SECURITY_POLICY")


@pytest.fixture
def production(settings):
    """This process with production's headers and cookies."""
    with mock.patch.dict(os.environ, PRODUCTION):
        module = importlib.import_module("iqn.settings.prod")
        importlib.reload(module)
    for name in dir(module):
        if name.startswith(TAKEN):
            setattr(settings, name, getattr(module, name))
    settings.ALLOWED_HOSTS = ["iqn.example.org"]
    return settings


def _directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";") if part.strip()}


def _wrong(response) -> dict[str, str]:
    wrong = {}
    expected = dict(EXPECTED)
    if response.headers.get("Content-Type", "") in MEDIA_TYPES.values():  # somebody's file: no page of ours
        expected["Content-Security-Policy"] = FILE_POLICY
    for name, value in expected.items():
        got = response.headers.get(name, "")
        same = _directives(got) == _directives(value) if name == "Content-Security-Policy" else got == value
        if not same:
            wrong[name] = got
    return wrong


def _client(person, settings) -> Client:
    client = Client(HTTP_HOST="iqn.example.org")
    if person is not None:
        client.force_login(person.user, backend="members.backends.AccountBackend")
    return client


def test_every_route(world, production):
    clients = {
        role: _client(getattr(world, role, None), production) for role in ("anonymous", "staff", "author")
    }
    wrong, looked_at = {}, 0

    for row in all_rows():
        for language in row.languages:
            with translation.override(language):
                path = reverse(row.name, kwargs=row.args(world)) + row.query
            for role in {"anonymous", "author", *roles_to_look_as(row)} & set(clients):
                looked_at += 1
                response = clients[role].get(path, secure=True)
                if _wrong(response):
                    wrong[f"{row.label} as {role} ({language})"] = _wrong(response)

    assert wrong == {}
    assert looked_at > 100


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/en/nothing-here/", 404), ("/en", 301), ("/admin/", 302)])
def test_errors_and_redirects_too(production, site_pages, path, status):
    response = _client(None, production).get(path, secure=True)

    assert response.status_code == status
    expected = dict(EXPECTED)
    if path == "/admin/":
        policy = {d for d in _directives(POLICY) if "trusted-types" not in d}
        assert _directives(response["Content-Security-Policy"]) == policy
        expected.pop("Content-Security-Policy")
    assert {k: v for k, v in _wrong(response).items() if k in expected} == {}


@pytest.mark.django_db
def test_cookies_are_bound_to_the_host(production, cast):
    response = _client(cast.member, production).get("/en/", secure=True)
    client = _client(None, production)
    client.get(reverse("account_login"), secure=True)

    assert "__Host-iqn_csrf" in client.cookies
    for cookie in (*client.cookies.values(), *response.cookies.values()):
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.django_db
def test_plain_http_is_sent_to_https(production):
    response = _client(None, production).get("/en/")

    assert (response.status_code, response["Location"]) == (301, "https://iqn.example.org/en/")


@pytest.mark.django_db
def test_trace_is_refused(client):
    assert client.trace("/en/").status_code == 405
