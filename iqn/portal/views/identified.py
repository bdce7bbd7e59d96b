"""The short address of whatever has a permanent identifier: /NUR-2026-D03, in mails, on slides, on paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from iqn.identifiers import resolve


@login_not_required
@never_cache
@require_safe
def identified(request: HttpRequest, identifier: str) -> HttpResponse:
    """To the page in the reader's language. What is hidden from this reader is as unknown as what never was."""
    found = resolve(identifier, request.user)
    if found is None:
        raise Http404
    return redirect(found.url)
