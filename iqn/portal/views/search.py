"""One box over everything that the reader may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iqn.identifiers import resolve
from iqn.portal.results import find_all
from iqn.searching import LONGEST_QUERY, words_of


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    groups = find_all(request.user, typed) if words_of(typed) else []
    context = {
        "typed": typed,
        "longest": LONGEST_QUERY,
        "is_too_short": bool(typed) and not words_of(typed),
        "groups": groups,
        "are_look_alikes": bool(groups) and all(group.are_look_alikes for group in groups),
        "named": resolve(typed, request.user) if typed else None,
        "noindex": bool(typed),
    }
    return render(request, "portal/search.html", context)
