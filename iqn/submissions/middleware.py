"""Runs a POST that carries a form token in one transaction with the token's row.

The second identical POST waits on the unique row, finds it, and is led where the first one was: a double click, a
resend after a lost answer, and fifty parallel copies all do one thing once. A POST that does not end in a redirect
(the form has errors) keeps its token unspent.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from iqn.submissions.models import Submission

FIELD = "submission"


def _token(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _sender(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    key = request.META.get("CSRF_COOKIE") or request.session.session_key or ""
    return f"anon:{hashlib.sha256(key.encode()).hexdigest()[:32]}"


class OncePerForm:
    """As view middleware it runs after sign-in and CSRF were checked, right around the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or getattr(view, "many_per_form", False):
            return None
        token = _token(request)
        if token is None:
            return None
        with transaction.atomic():
            sent, first = Submission.objects.get_or_create(
                sender=_sender(request), token=token, defaults={"path": request.path[:500]}
            )
            if not first:
                return HttpResponseRedirect(sent.location or request.path)
            response = view(request, *args, **kwargs)
            if response.status_code in (301, 302, 303):
                sent.location = response["Location"][:2000]
                sent.save(update_fields=["location"])
            else:
                sent.delete()
        return response
