"""The demonstration's mailbox: every letter that the portal would have mailed, sign-in codes included."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iqn.mail.mailbox import StoredLetter, stored_letter, stored_letters


def only_in_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The addresses do not exist elsewhere; should somebody include them, this still answers 404."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@require_safe
@only_in_demo
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "mail/mailbox_list.html", {"letters": stored_letters(), "noindex": True})


@login_not_required
@require_safe
@only_in_demo
def mailbox_letter(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "mail/mailbox_letter.html", {"letter": _letter(name), "noindex": True})


@login_not_required
@require_safe
@only_in_demo
def mailbox_html(request: HttpRequest, name: str) -> HttpResponse:
    """As a mail program would show it, locked up: no script, no form, nothing from anywhere."""
    response = HttpResponse(_letter(name).html or "")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    return response


def _letter(name: str) -> StoredLetter:
    letter = stored_letter(name)
    if letter is None:
        raise Http404
    return letter
