"""Requests that no browser sends are answered by a page of ours, with all its headers, and cost no fault."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from iqn.sessions import SessionStore
from iqn.wsgi import application
from members.choices import MembershipState
from tests.factories.members import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_pages")]
HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Permissions-Policy",
    "Cache-Control",
)


@pytest.fixture(autouse=True)
def _one_connection():
    """As Django's test client does: the test's own connection stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _answer(path: str, method: str = "GET", body: bytes = b"", **environ) -> tuple[int, dict[str, str], str]:
    """What the web server gets from the WSGI application."""
    environ = {
        **RequestFactory()._base_environ(),
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        **environ,
    }
    started = []
    response = application(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
    html = b"".join(response).decode()
    response.close()
    [(status, headers)] = started
    return int(status.split()[0]), dict(headers), html


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "charset",
    ["hex", "base64", "rot13", "undefined", "idna", "utf-16", "nothing", "", "utf-8\0", '"hex"', "h%x"],
)
def test_other_encodings_are_refused_with_a_page(charset, method):
    status, headers, html = _answer(
        "/fr/comptes/connexion/", method, b"login=x", CONTENT_TYPE=f"text/plain; charset={charset}"
    )
    _status, usual, _html = _answer("/fr/comptes/connexion/")

    assert status == 400
    assert "Nous n’avons pas pu lire cette requête" in html
    assert '<html lang="fr"' in html
    assert {name: headers.get(name) for name in HEADERS} == {name: usual[name] for name in HEADERS}


@pytest.mark.parametrize(
    "content_type", ["text/plain; charset*=nothing''hex", "text/plain; charset*=utf-8''hex"]
)
def test_the_longer_way_to_name_an_encoding(content_type):
    assert _answer("/en/", CONTENT_TYPE=content_type)[0] == 400


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "text/plain; charset=utf-8", 'text/html; charset="UTF-8"', "nonsense; ;=", ";"],
)
def test_what_browsers_and_programs_send_is_read(content_type):
    assert _answer("/en/", CONTENT_TYPE=content_type)[0] == 200


@pytest.mark.parametrize(
    "cookie",
    ['"abcdefgh\\000ijk"', "abcdefgh", "A" * 32, "a" * 33, "é" * 32, "' OR 1=1 --aaaaaaaaaaaaaaaaaaaa"],
)
def test_a_session_cookie_that_we_did_not_make_counts_as_none(cookie):
    status, _headers, html = _answer(
        "/en/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={cookie}".encode().decode("latin-1")
    )

    assert status == 200
    assert "Sign in" in html


def test_sessions_that_we_made_are_known():
    client = Client()
    client.force_login(
        make_person("Mia Member", MembershipState.APPROVED).user, backend="members.backends.AccountBackend"
    )
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    assert SessionStore(key).session_key == key
    assert _answer("/en/account/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={key}")[0] == 200
