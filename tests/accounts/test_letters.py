"""Every letter of signing in: known to the adapter, in both languages, plain text, gone from the ledger once sent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone, translation

from iqn.mail.models import Message
from members.adapter import CODES, NOTICES
from tests.factories.members import make_person

pytestmark = pytest.mark.django_db
FOLDERS = ("account/email", "mfa/email")
VALUES = {
    "code": "BCDF-GHJK", "ip": "192.0.2.1", "user_agent": "Browser & <b>Co</b>", "from_email": "old@example.org",
    "to_email": "new@example.org", "deleted_email": "gone@example.org",
}  # fmt: skip


def _kinds() -> dict[str, str]:
    """kind: prefix, of every letter that has templates."""
    found = {}
    for folder in FOLDERS:
        for path in (Path(settings.BASE_DIR) / "templates" / folder).glob("*_message.txt"):
            kind = path.name.removesuffix("_message.txt")
            if not kind.startswith("base"):
                found[kind] = f"{folder}/{kind}"
    return found


def _send(kind: str, email: str) -> Message:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    values = {**VALUES, "timestamp": timezone.now()}
    if kind not in CODES:
        del values["code"]
    with context.request_context(request):
        get_adapter(request).send_mail(_kinds()[kind], email, values)
    return Message.objects.latest("pk")


def test_every_letter_is_a_code_or_a_notice():
    assert set(_kinds()) == CODES | NOTICES
    assert CODES.isdisjoint(NOTICES)


def test_letters_that_the_portal_does_not_know_are_refused():
    with pytest.raises(ValueError, match="password_reset_key"):
        get_adapter().send_mail("account/email/password_reset_key", "a@example.org", {})


@pytest.mark.parametrize("kind", sorted(CODES | NOTICES))
def test_a_letter_in_both_languages(kind, deliver):
    person = make_person("Lena Letter")
    bodies = {}
    for language in ("en", "fr"):
        with translation.override(language):
            message = _send(kind, person.user.email)
        assert (message.recipient, message.language, message.is_secret) == (person, language, True)
        assert (message.expires_at is not None) == (kind in CODES)
        [letter] = deliver()
        bodies[language] = letter.body
        assert letter.subject
        assert "\n" not in letter.subject
        assert f"http://localhost:8000/{language}/" in letter.body
        assert "{" not in letter.body
        assert not re.search(r"\n{3,}", letter.body)
        assert "&amp;" not in letter.body
        assert "&lt;" not in letter.body
        assert (VALUES["code"] in letter.body) == (kind in CODES)
        message.refresh_from_db()
        assert (message.subject, message.secret_subject, message.secret_text) == ("", "", "")

    english, french = (set(bodies[language].splitlines()) - {""} for language in ("en", "fr"))
    shared = {line for line in english & french if not re.search(r"example\.org|BCDF", line)}
    assert shared == set()


def test_a_code_that_is_late_is_not_sent(deliver):
    person = make_person("Lena Letter")
    message = _send("login_code", person.user.email)
    Message.objects.filter(pk=message.pk).update(expires_at=timezone.now())

    assert deliver() == []
    message.refresh_from_db()
    assert (message.state, message.secret_text) == ("expired", "")
