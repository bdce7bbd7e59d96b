"""Recording a meeting: one page before, during and after it, and an empty sheet for paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from workgroups.meetings.choices import OutcomeState, Presence
from workgroups.meetings.errors import MeetingError
from workgroups.meetings.forms.record_page import RecordPage
from workgroups.meetings.models import Meeting
from workgroups.meetings.outcome_identifiers import meeting_or_404
from workgroups.meetings.rosters_of_day import lines_of
from workgroups.meetings.views.record_saving import Saving

PREVIEW, ALL = "preview", "all"


def _meeting_to_record(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    meeting = meeting_or_404(Meeting.objects.visible_to(request.user), slug, identifier)
    ensure(request.user.has_perm("meetings.record_meeting", meeting))
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_record(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _meeting_to_record(request, slug, identifier)
    if meeting.is_frozen or not meeting.is_planned:
        messages.warning(request, _closed_words(meeting))
        return redirect("meetings:outcome-detail", slug, identifier)
    if request.method != "POST":
        return _page(request, RecordPage(meeting))
    page = RecordPage(meeting, request.POST)
    saving = Saving(page, by=request.user.person)
    try:
        saving.run()
    except MeetingError as refused:  # the whole record was closed meanwhile
        page.refused = str(refused)
        return _page(request, page, status=409)
    meeting.refresh_from_db()
    homeless = [*page.texts_without_place(), *saving.gone]
    if saving.left or homeless:
        return _page(
            request, saving.shown_again(), homeless=homeless, status=409 if saving.stale or homeless else 200
        )
    return _onwards(request, meeting)


def _onwards(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    pressed = request.POST.get("save", ALL)
    args = [meeting.group.slug, meeting.identifier]
    if pressed == PREVIEW and meeting.outcome_state == OutcomeState.DRAFT:
        return redirect("meetings:outcome-circulate", *args)
    messages.success(request, _("Everything is saved."))
    anchor = (
        pressed if pressed.replace("-", "").isalnum() and pressed.isascii() and pressed != ALL else "main"
    )
    return redirect(reverse("meetings:outcome-record", args=args) + f"#{anchor}")


def _closed_words(meeting: Meeting) -> str:
    if meeting.is_frozen:
        return _("The outcomes are approved and stay as they are. Add a dated correction instead.")
    return _("This meeting does not take place, so there is nothing to record.")


def _page(
    request: HttpRequest, page: RecordPage, *, homeless: list[str] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": page.meeting,
        "group": page.meeting.group,
        "page": page,
        "form": page.problems,
        "homeless": homeless or [],
        "claims": sum(line.row.presence == Presence.SAYS_PRESENT for line, _form in page.lines),
        "noindex": True,
    }
    return render(request, "meetings/outcome_record.html", context, status=status)


@require_safe
def outcome_sheet(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """The same page for pencil and paper."""
    meeting = _meeting_to_record(request, slug, identifier)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "lines": lines_of(meeting),
        "items": list(meeting.items.select_related("presenter")),
        "noindex": True,
    }
    return render(request, "meetings/outcome_sheet.html", context)
