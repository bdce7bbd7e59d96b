"""What came of a meeting: the page for readers, and the steps from a draft to approved outcomes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from workgroups.groups.choices import Part
from workgroups.meetings.actions import attendance, records
from workgroups.meetings.choices import OutcomeState, Presence
from workgroups.meetings.errors import MeetingError, StaleVersion
from workgroups.meetings.forms.outcomes import CorrectionForm
from workgroups.meetings.minutes import level_of, mark_of, minutes_of, seen, written_minutes
from workgroups.meetings.models import AgendaItem, Meeting, ReportBack
from workgroups.meetings.outcome_identifiers import meeting_or_404

TOLD = (OutcomeState.CIRCULATED, OutcomeState.APPROVED)


def _meeting(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    return meeting_or_404(
        Meeting.objects.visible_to(request.user).select_related("approved_by__group"), slug, identifier
    )


def _context(meeting: Meeting, **more: Any) -> dict[str, Any]:
    return {"meeting": meeting, "group": meeting.group, **more}


@login_not_required
@require_safe
def outcome_detail(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _meeting(request, slug, identifier)
    user = request.user
    level = level_of(user, meeting.group)
    is_told = meeting.outcome_state in TOLD
    may_record = user.has_perm("meetings.record_meeting", meeting)
    reports = _coverage(meeting) if may_record and is_told else []
    context = _context(
        meeting,
        is_told=is_told,
        record=seen(minutes_of(meeting), level) if is_told or level == Part.ROSTER else None,
        corrections=list(meeting.corrections.all()) if is_told else [],
        may_record=may_record and meeting.is_planned,
        may_approve=may_record and _may_be_approved_here(meeting),
        may_claim=user.has_perm("meetings.claim_attendance", meeting) and _may_claim(request, meeting),
        reports=reports,
        reported=sum(report.reported_at is not None for report in reports),
        noindex=not is_told,
    )
    return render(request, "meetings/outcome_detail.html", context)


def _may_be_approved_here(meeting: Meeting) -> bool:
    """By a button only where no meeting has it on its agenda."""
    if meeting.outcome_state != OutcomeState.CIRCULATED:
        return False
    return not AgendaItem.objects.filter(approves=meeting, meeting__state="planned").exists()


def _may_claim(request: HttpRequest, meeting: Meeting) -> bool:
    if not attendance.can_be_claimed(meeting):
        return False
    own = meeting.attendance.filter(person=request.user.person).first()
    return own is None or own.presence == Presence.ABSENT


def _coverage(meeting: Meeting) -> list[ReportBack]:
    return list(meeting.report_backs.select_related("seat__organization", "seat__stakeholder_type", "person"))


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_circulate(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """GET shows what each of the three kinds of readers will see; POST circulates exactly that."""
    meeting = _meeting(request, slug, identifier)
    ensure(request.user.has_perm("meetings.record_meeting", meeting))
    if meeting.outcome_state in TOLD:
        messages.info(request, _("The outcomes are circulated already."))
        return redirect("meetings:outcome-detail", slug, identifier)
    if request.method == "POST":
        try:
            records.circulate(
                meeting=meeting, seen_mark=request.POST.get("seen_mark", ""), by=request.user.person
            )
        except StaleVersion:
            words = _("Something was recorded in the meantime. Look at it once more, then circulate it.")
            return _preview(request, meeting, words, status=409)
        except MeetingError as refused:
            return _preview(request, meeting, str(refused), status=409)
        messages.success(request, _("The outcomes are circulated. Everybody on the roster gets a letter."))
        return redirect("meetings:outcome-detail", slug, identifier)
    return _preview(request, meeting)


def _preview(request: HttpRequest, meeting: Meeting, refused: str = "", *, status: int = 200) -> HttpResponse:
    minutes = written_minutes(meeting)
    views = [
        (part.value, part.label, seen(minutes, part)) for part in (Part.ROSTER, Part.MEMBERS, Part.PUBLIC)
    ]
    context = _context(
        meeting, views=views, seen_mark=mark_of(minutes), refused=refused, noindex=True,
        is_recorded=records.is_anything_recorded(meeting),
    )  # fmt: skip
    return render(request, "meetings/outcome_circulate.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_approve(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _meeting(request, slug, identifier)
    ensure(request.user.has_perm("meetings.record_meeting", meeting))
    if not _may_be_approved_here(meeting):
        messages.info(request, _("These outcomes cannot be approved here now."))
        return redirect("meetings:outcome-detail", slug, identifier)
    if request.method == "POST":
        records.approve(meeting=meeting, by=request.user.person)
        messages.success(request, _("The outcomes are approved and stay as they are."))
        return redirect("meetings:outcome-detail", slug, identifier)
    return render(request, "meetings/outcome_approve.html", _context(meeting, noindex=True))


@require_http_methods(["GET", "HEAD", "POST"])
def correction_create(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _meeting(request, slug, identifier)
    ensure(request.user.has_perm("meetings.record_meeting", meeting))
    if not meeting.is_frozen:
        messages.info(request, _("These outcomes are not approved yet: change the record itself."))
        return redirect("meetings:outcome-detail", slug, identifier)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        records.correct(meeting=meeting, text=form.cleaned_data["text"], by=request.user.person)
        messages.success(request, _("The correction stands below the record."))
        return redirect("meetings:outcome-detail", slug, identifier)
    return render(request, "meetings/record_correct.html", _context(meeting, form=form, noindex=True))


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_claim(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """ "I was there": asked for here, settled on the page of the record."""
    meeting = _meeting(request, slug, identifier)
    ensure(request.user.has_perm("meetings.claim_attendance", meeting))
    if not _may_claim(request, meeting):
        messages.info(
            request, _("There is nothing to say here: the record has you already, or 14 days are over.")
        )
        return redirect("meetings:outcome-detail", slug, identifier)
    if request.method == "POST":
        try:
            attendance.claim(meeting=meeting, by=request.user.person)
        except MeetingError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Thank you. Those who run the group will look at it."))
        return redirect("meetings:outcome-detail", slug, identifier)
    return render(request, "meetings/record_claim.html", _context(meeting, noindex=True))
