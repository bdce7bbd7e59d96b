"""Who sits at the table, on any day; and how that changes."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure, is_staff
from iqn.exports import csv_response
from workgroups.groups import home
from workgroups.groups.actions import roster as actions
from workgroups.groups.choices import Role
from workgroups.groups.errors import (
    EndsBeforeItBegins,
    GroupError,
    LastCoChair,
    SeatHasEnded,
    TermsOverlap,
)  # fmt: skip
from workgroups.groups.exports import roster_columns, roster_lines
from workgroups.groups.forms.fields import EARLIEST, LATEST
from workgroups.groups.forms.roster import EndForm, RoleForm, SeatForm, TermForm
from workgroups.groups.models import Group, Seat
from workgroups.groups.roster import roster_of
from workgroups.groups.views.finding import group_or_404, roster_trail, seat_or_404, term_or_404, trail_to

FORM_METHODS = ["GET", "HEAD", "POST"]
FIELDS = {EndsBeforeItBegins: "until", SeatHasEnded: "since", TermsOverlap: "since", LastCoChair: None}


def day_asked(request: HttpRequest) -> tuple[date, bool]:
    """The day in ?on=, and whether it could be read; without one, today."""
    typed = request.GET.get("on", "").strip()
    today = timezone.localdate()
    if not typed:
        return today, True
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today, False
    return (day, True) if EARLIEST <= day <= LATEST else (today, False)


@login_not_required
@require_safe
def roster(request: HttpRequest, slug: str) -> HttpResponseBase:
    group = group_or_404(request, slug)
    day, is_sound = day_asked(request)
    found = roster_of(group, request.user, day=day)
    if request.GET.get("format") == "csv":
        columns = roster_columns(with_names=found.sees_names, with_details=found.sees_details)
        return csv_response(columns, roster_lines(found.seats), name=f"roster-{group.slug}")
    is_today = day == timezone.localdate()
    context = {
        "group": group,
        "trail": trail_to(group),
        "roster": found,
        "day": day,
        "is_today": is_today,
        "is_sound": is_sound,
        "may_edit": request.user.has_perm("groups.edit_roster", group),
        "may_import": request.user.has_perm("groups.import_roster", group) and not group.is_concluded,
        "shows_lack": is_staff(request.user)
        and is_today
        and group.is_expected_to_meet
        and found.lacks_co_chairs,
    }
    return render(request, "groups/roster.html", context)


def _ensure_may_edit(request: HttpRequest, group: Group, seat: Seat | None = None) -> None:
    ensure(request.user.has_perm("groups.edit_roster", group))
    if seat is not None and seat.is_standing:
        ensure(request.user.has_perm("groups.edit_standing_seats", group))


def _refuse(form, refusal: GroupError) -> None:
    field = FIELDS.get(type(refusal))
    form.add_error(field if field in form.fields else None, str(refusal))


@require_http_methods(FORM_METHODS)
def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    _ensure_may_edit(request, group)
    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seat = actions.add_seat(by=request.user.person, group=group, **form.cleaned_data)
        messages.success(request, _("The seat is there. Who takes it?"))
        return redirect("groups:term-begin", slug=group.slug, pk=seat.pk)
    context = {"group": group, "form": form, "trail": roster_trail(group)}
    return render(request, "groups/seat_form.html", context)


@require_http_methods(FORM_METHODS)
def term_begin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_or_404(request, slug)
    seat = seat_or_404(group, pk)
    _ensure_may_edit(request, group, seat)
    form = TermForm(request.POST if request.method == "POST" else None, group=group)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        name, chosen = values.pop("name"), values.pop("person")
        try:
            actions.seat_person(
                by=request.user.person, seat=seat, person=chosen, name=name, **values
            )  # fmt: skip
        except GroupError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The roster is up to date."))
            return redirect("groups:roster", slug=group.slug)
    context = {"group": group, "seat": seat, "form": form, "trail": roster_trail(group)}
    return render(request, "groups/term_form.html", context)


@require_http_methods(FORM_METHODS)
def term_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_or_404(request, slug)
    term = term_or_404(group, pk)
    _ensure_may_edit(request, group, term.seat)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_term(by=request.user.person, term=term, **form.cleaned_data)
        except GroupError as refusal:
            _refuse(form, refusal)
        else:
            return redirect("groups:term-handover", slug=group.slug, pk=term.pk)
    context = {
        "group": group, "term": term, "form": form, "trail": roster_trail(group),
        "sections": home.handover_sections(term, request.user),
    }  # fmt: skip
    return render(request, "groups/term_end.html", context)


@require_http_methods(FORM_METHODS)
def term_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_or_404(request, slug)
    term = term_or_404(group, pk)
    _ensure_may_edit(request, group, term.seat)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": term.role})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["role"] == term.role:
            form.add_error("role", _("This is the role of today. Choose another one."))
        else:
            try:
                actions.change_role(by=request.user.person, term=term, **form.cleaned_data)
            except GroupError as refusal:
                _refuse(form, refusal)
            else:
                messages.success(request, _("The roster is up to date."))
                return redirect("groups:roster", slug=group.slug)
    context = {"group": group, "term": term, "form": form, "trail": roster_trail(group)}
    return render(request, "groups/term_role.html", context)


@require_safe
def term_handover(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What passes from one person to the next on the same seat: for those who run the group, and the two people."""
    group = group_or_404(request, slug)
    term = term_or_404(group, pk)
    successors = (
        term.seat.terms.exclude(person=term.person)
        .filter(since__gte=term.until or timezone.localdate())
        .select_related("person")
        .order_by("since")
    )
    own = request.user.person
    is_concerned = own is not None and (own == term.person or any(own == t.person for t in successors))
    ensure(is_concerned or request.user.has_perm("groups.edit_roster", group))
    context = {
        "group": group, "term": term, "successors": successors, "trail": roster_trail(group),
        "may_edit": request.user.has_perm("groups.edit_roster", group),
        "may_read_history": request.user.has_perm("groups.view_roster_names", group),
        "was_co_chair": term.role == Role.CO_CHAIR,
        "sections": home.handover_sections(term, request.user),
    }  # fmt: skip
    return render(request, "groups/term_handover.html", context)
