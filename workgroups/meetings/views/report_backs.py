"""The brief for one organization, and "reported back": from a letter, without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from iqn import links
from workgroups.meetings.actions import report_backs
from workgroups.meetings.briefs import brief_of
from workgroups.meetings.errors import MeetingError
from workgroups.meetings.forms.outcomes import ReportForm
from workgroups.meetings.models import ReportBack
from workgroups.meetings.outcome_letters import LINKS_LAST, REPORT_LINK


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report_back_answer(request: HttpRequest, token: str) -> HttpResponse:
    try:
        values = links.read(REPORT_LINK, token, lasts=LINKS_LAST)
    except links.LinkExpired:
        return _page(request, "expired", status=410)
    except links.LinkDamaged as exc:
        raise Http404 from exc
    rows = ReportBack.objects.select_related(
        "meeting__group", "seat__organization", "seat__stakeholder_type", "person"
    )
    report_back = rows.filter(pk=values["report"], person=values["person"]).first()
    if report_back is None or not report_backs.holds_seat(report_back, report_back.person):
        return _page(request, "left", status=410)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report_backs.report(
                report_back=report_back, answer=form.cleaned_data["answer"].strip(), by=report_back.person
            )
        except MeetingError as refused:
            return _page(request, "refused", report_back, refused=str(refused), status=409)
        return redirect("meetings:report-back-answer", token=token)
    situation = "open" if report_back.reported_at is None else "reported"
    return _page(request, situation, report_back, form=form)


def _page(
    request: HttpRequest, situation: str, report_back: ReportBack | None = None, *, status: int = 200, **more
) -> HttpResponse:
    context = {"situation": situation, "report_back": report_back, "noindex": True, **more}
    if report_back is not None:
        context |= {"brief": brief_of(report_back), "meeting": report_back.meeting}
    return render(request, "meetings/report_answer.html", context, status=status)
