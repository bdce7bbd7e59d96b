"""Runs a POST that carries a form token in one transaction with the token's row.

The second identical POST waits on the unique row, finds it, and is led where the first one was: a double click, a
resend after a lost answer, and fifty parallel copies all do one thing once. A POST that does not end in a redirect
(the form has errors) keeps its token unspent.
"""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from collections.abc import Callable

from django.db import connection, transaction
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
    """Innermost: its `process_view` runs after sign-in and CSRF were checked, right before the view.

    The transaction begins there and ends when the answer is there, so that whatever the view raises goes the usual way
    through the other middlewares.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with contextlib.ExitStack() as transactions:
            request._form_transactions = transactions  # type: ignore[attr-defined]
            request._form_sent = None  # type: ignore[attr-defined]
            response = self.get_response(request)
            self._finish(request._form_sent, response)  # type: ignore[attr-defined]
        return response

    def process_view(self, request, view, args, kwargs):
        token = _token(request) if request.method == "POST" else None
        if token is None:
            return None
        request._form_transactions.enter_context(transaction.atomic())
        sent, first = Submission.objects.get_or_create(
            sender=_sender(request), token=token, defaults={"path": request.path[:500]}
        )
        if not first:
            return HttpResponseRedirect(sent.location or request.path)
        request._form_sent = sent
        return None

    def _finish(self, sent: Submission | None, response: HttpResponse) -> None:
        if sent is None:
            return
        if response.status_code in (301, 302, 303):
            sent.location = response["Location"][:2000]
            sent.save(update_fields=["location"])
        elif response.status_code >= 500 or connection.needs_rollback:
            transaction.set_rollback(True)
        else:
            sent.delete()
