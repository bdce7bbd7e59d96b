"""Meetings of a group: the list, one meeting, scheduling, moving, cancelling, and passing a quarter over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn.access import ensure
from iqn.bilingual import reading_language
from iqn.exports import csv_response
from iqn.paging import page_of
from workgroups.groups.choices import Part
from workgroups.groups.models import Group
from workgroups.meetings.actions import agenda as agenda_actions
from workgroups.meetings.actions import invitations
from workgroups.meetings.actions import meetings as actions
from workgroups.meetings.choices import Answer, MeetingState, OutcomeState
from workgroups.meetings.errors import MeetingError
from workgroups.meetings.exports import MEETING_COLUMNS
from workgroups.meetings.forms.meetings import (
    CancelForm,
    MoveForm,
    NotNeededForm,
    PlaceForm,
    ScheduleForm,
    next_quarter_from,
)
from workgroups.meetings.minutes import level_of
from workgroups.meetings.models import Meeting
from workgroups.meetings.times import when, zone_words
from workgroups.meetings.views.calendars import own_calendar_address
from workgroups.meetings.views.fetching import (
    group_of_address,
    group_only_trail,
    group_trail,
    meeting_of_address,
    meeting_trail,
    posted,
)
from workgroups.meetings.views.rows import agenda_rows, meeting_row, total_minutes

ON_A_PAGE = 25


@login_not_required
@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    group = group_of_address(request, slug)
    rows = Meeting.objects.filter(group=group).visible_to(request.user).select_related("group")
    if request.GET.get("format") == "csv":
        lines = map(meeting_row, rows.iterator(chunk_size=500))
        return csv_response(MEETING_COLUMNS, lines, name=f"meetings-{group.slug}")
    coming = list(rows.upcoming())
    earlier = rows.exclude(pk__in=[meeting.pk for meeting in coming])
    page = page_of(earlier, request.GET.get("page"), size=ON_A_PAGE)
    context = {
        "group": group,
        "coming": [meeting_row(meeting) for meeting in coming],
        "earlier": [meeting_row(meeting) for meeting in page.object_list],
        "page_obj": page,
        "cadence": cadence_of(group),
        "zone": zone_words(group.time_zone),
        "may_prepare": request.user.has_perm("meetings.prepare_meeting", group),
        "may_propose": request.user.has_perm("meetings.propose_item", group),
        "may_import": request.user.has_perm("meetings.import_past", group),
        "own_calendar": own_calendar_address(request.user)
        if request.user.has_perm("meetings.answer_invitation", group)
        else "",
        "trail": group_only_trail(group),
    }
    return render(request, "meetings/meeting_list.html", context)


def cadence_of(group: Group) -> dict[str, int]:
    """Of the last four quarters' worth of days: how many meetings were held."""
    year_ago = timezone.now() - timedelta(days=365)
    held = Meeting.objects.filter(group=group, starts_at__gte=year_ago).held().count()
    passed = group.meetings.filter(state=MeetingState.NOT_NEEDED, created_at__gte=year_ago).count()
    return {"held": held, "not_needed": passed}


@login_not_required
@require_safe
def meeting_detail(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = meeting_of_address(request, slug, identifier)
    user = request.user
    may_prepare = user.has_perm("meetings.prepare_meeting", meeting)
    may_read_agenda = user.has_perm("meetings.view_agenda", meeting)
    may_answer = (
        user.has_perm("meetings.answer_invitation", meeting) and meeting.is_planned and not meeting.is_over
    )
    context: dict[str, Any] = {
        "meeting": meeting,
        "row": meeting_row(meeting),
        "earlier_dates": [
            (when(date.starts_at, date.ends_at, meeting.time_zone), date)
            for date in meeting.earlier_dates.all()
        ],
        "may_read_agenda": may_read_agenda,
        "agenda": agenda_rows(meeting, user) if may_read_agenda else [],
        "shows_link": bool(meeting.join_link)
        and meeting.is_planned
        and user.has_perm("meetings.view_join_link", meeting),
        "may_prepare": may_prepare,
        "may_move": may_prepare and meeting.is_planned and not meeting.is_over,
        "may_answer": may_answer,
        "may_record": meeting.is_planned
        and not meeting.is_frozen
        and meeting.has_begun
        and user.has_perm("meetings.record_meeting", meeting),
        "shows_outcomes": shows_outcomes(meeting, user),
        "own_answer": meeting.answers.filter(person=user.person).first() if may_answer else None,
        "trail": group_trail(meeting.group),
    }
    context["minutes"] = total_minutes(context["agenda"])
    if may_prepare and meeting.is_planned:
        context.update(answers_of(meeting), **invitations.standing(meeting))
    return render(request, "meetings/meeting_detail.html", context)


def shows_outcomes(meeting: Meeting, user) -> bool:
    """Once they are circulated to everybody; as a draft to the roster."""
    if meeting.outcome_state == OutcomeState.DRAFT:
        return level_of(user, meeting.group) == Part.ROSTER
    return meeting.outcome_state in (OutcomeState.CIRCULATED, OutcomeState.APPROVED)


def answers_of(meeting: Meeting) -> dict[str, Any]:
    """For those who run the group: who answered what."""
    rows = list(meeting.answers.select_related("person").order_by("person__sort_name", "pk"))
    by_answer = [(label, [row for row in rows if row.answer == value]) for value, label in Answer.choices]
    return {"answers": [(label, found) for label, found in by_answer if found], "answered": len(rows)}


def meeting_schedule(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_of_address(request, slug)
    ensure(request.user.has_perm("meetings.prepare_meeting", group))
    person = request.user.person
    last = group.meetings.exclude(starts_at=None).order_by("-starts_at").first()
    planned = Meeting(group=group)
    reached = invitations.reached(planned)
    form = ScheduleForm(
        posted(request), initial=next_quarter_from(last, group), zone=group.zone, reached=reached
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.schedule_meeting(group=group, by=person, **form.times, **form.where)
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            if form.cleaned_data["invite_now"]:
                invitations.invite_roster(meeting=meeting, by=person)
                messages.success(request, _("The meeting is scheduled and the roster is invited."))
            else:
                messages.success(
                    request, _("The meeting is scheduled. Nobody is told until you send the invitations.")
                )
            return redirect(meeting)
    context = {
        "group": group, "form": form, "last": meeting_row(last) if last else None,
        "open": agenda_actions.what_is_open(planned, reading_language()), "trail": group_trail(group),
    }  # fmt: skip
    return render(request, "meetings/meeting_schedule.html", context)


def meeting_not_needed(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_of_address(request, slug)
    ensure(request.user.has_perm("meetings.prepare_meeting", group))
    form = NotNeededForm(posted(request), group=group)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.pass_over_quarter(
                group=group, by=request.user.person, reason=form.cleaned_data["reason"],
                language=form.cleaned_data["language"], **form.chosen,
            )  # fmt: skip
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted: no meeting is needed in this quarter."))
            return redirect(meeting)
    context = {"group": group, "form": form, "trail": group_trail(group)}
    return render(request, "meetings/meeting_not_needed.html", context)


def meeting_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    names = ("mode", "place", "join_link", "version")
    form = PlaceForm(posted(request), initial={name: getattr(meeting, name) for name in names})

    def act() -> Meeting:
        return actions.edit_meeting(
            meeting=meeting, version=form.cleaned_data["version"], by=request.user.person, **form.where
        )

    said = (
        _("Saved.")
        if not meeting.invited_at
        else _("Saved. The roster is told when you press “Tell the roster”.")
    )
    return _changed(request, meeting, form, act, "meetings/meeting_edit.html", said)


def meeting_move(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    initial = {}
    if meeting.starts_at:
        begins, ends = (
            timezone.localtime(value, meeting.zone) for value in (meeting.starts_at, meeting.ends_at)
        )
        initial = {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
    form = MoveForm(posted(request), initial=initial, zone=meeting.zone)

    def act() -> Meeting:
        return actions.move_meeting(
            meeting=meeting, reason=form.cleaned_data["reason"], language=form.cleaned_data["language"],
            by=request.user.person, **form.times,
        )  # fmt: skip

    return _changed(
        request, meeting, form, act, "meetings/meeting_move.html", _("The meeting has a new date.")
    )


def meeting_cancel(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    form = CancelForm(posted(request))

    def act() -> Meeting:
        return actions.cancel_meeting(meeting=meeting, by=request.user.person, **form.cleaned_data)

    return _changed(
        request, meeting, form, act, "meetings/meeting_cancel.html", _("The meeting is cancelled.")
    )


def _prepared(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    meeting = meeting_of_address(request, slug, identifier)
    ensure(request.user.has_perm("meetings.prepare_meeting", meeting))
    return meeting


def _changed(request: HttpRequest, meeting: Meeting, form, act, template: str, said: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(meeting)
    context = {"meeting": meeting, "row": meeting_row(meeting), "form": form, "trail": meeting_trail(meeting)}
    return render(request, template, context)
