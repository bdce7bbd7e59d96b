"""The page behind the link that asks somebody whether they know an applicant. Nobody signs in for it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from iqn import links
from members.actions import applications
from members.choices import REFERENCE_LINK
from members.errors import MembershipError
from members.models import MembershipApplication


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reference_confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        values = links.read(REFERENCE_LINK, token)
    except links.LinkExpired:
        return _page(request, "expired", status=410)
    except links.LinkDamaged as exc:
        raise Http404 from exc
    application = (
        MembershipApplication.objects.select_related("person", "organization")
        .filter(pk=values["application"])
        .first()
    )
    if application is None:  # removed by the schedule
        return _page(request, "expired", status=410)
    if request.method == "POST":
        try:
            applications.confirm_reference(application=application)
        except MembershipError:
            return _page(request, "closed", application, status=409)
        return redirect("members:reference-confirm", token=token)
    return _page(request, _situation(application), application)


def _situation(application: MembershipApplication) -> str:
    if application.reference_confirmed_at is not None:
        return "confirmed"
    return "open" if application.is_waiting else "closed"


def _page(
    request: HttpRequest,
    situation: str,
    application: MembershipApplication | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"situation": situation, "application": application, "noindex": True}
    return render(request, "members/reference_confirm.html", context, status=status)
