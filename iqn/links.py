"""Links in mails that do one thing for whoever holds them, without signing in.

A token is signed, holds a few plain values, belongs to one scope (a token of one purpose opens no other) and expires.
Rules for the page behind it: GET shows what would happen and changes nothing, because mail scanners follow links;
POST does it; and the page asks again whether it is still possible.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

LASTS = timedelta(days=30)


class LinkExpired(Exception):
    """The link was good once."""


class LinkDamaged(Exception):
    """Cut off, changed, or made for another purpose."""


def token(scope: str, **values: Any) -> str:
    """Sign these JSON-able values for one scope, such as "members.reference"."""
    return signing.dumps(values, salt=_salt(scope), compress=True)


def read(scope: str, signed: str, *, lasts: timedelta = LASTS) -> dict[str, Any]:
    try:
        return signing.loads(signed, salt=_salt(scope), max_age=lasts)
    except signing.SignatureExpired as exc:
        raise LinkExpired from exc
    except signing.BadSignature as exc:
        raise LinkDamaged from exc


def absolute(name: str, language: str, **kwargs: Any) -> str:
    """The full address of a page in one language, for mails: never made from a request's Host."""
    with translation.override(language):
        return settings.SITE_ORIGIN + reverse(name, kwargs=kwargs or None)


def _salt(scope: str) -> str:
    return f"iqn.links.{scope}"
