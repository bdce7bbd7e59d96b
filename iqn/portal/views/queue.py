"""What needs staff, on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iqn.access import ensure
from iqn.portal import queue as waiting

SHOWN = 50  # whoever has more looks again after deciding some


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Oldest first; ?kind= narrows, an unknown kind is ignored."""
    ensure(request.user.has_perm("portal.view_queue"))
    wanted = request.GET.get("kind", "")
    kind = next((kind for kind in waiting.KINDS if kind.name == wanted), None)
    found = waiting.look(SHOWN, only=kind.name if kind else "")
    count = next((s.count for s in found.summaries if kind and s.kind is kind), found.total)
    context = {"queue": found, "kind": kind, "count": count, "hidden": max(0, count - len(found.rows))}
    return render(request, "portal/queue.html", context)
