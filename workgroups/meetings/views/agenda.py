"""The agenda of a meeting, on one page: what is there, in which order, and a form for one more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iqn.access import ensure
from workgroups.meetings.actions import agenda as actions
from workgroups.meetings.errors import MeetingError, SavedMeanwhile
from workgroups.meetings.forms.agenda import ItemEditForm, ItemForm
from workgroups.meetings.forms.versioned import Unlike
from workgroups.meetings.models import AgendaItem, Meeting
from workgroups.meetings.views.fetching import meeting_of_address, meeting_trail, posted
from workgroups.meetings.views.rows import agenda_rows, total_minutes

EDITED = (
    "title", "purpose", "minutes", "presenter", "presenter_name", "function", "description", "language", "version",
)  # fmt: skip


def agenda_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    if request.method == "POST" and request.POST.get("do") in ("up", "down", "remove", "carry"):
        return _arranged(request, meeting)
    form = ItemForm(posted(request), group=meeting.group)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(meeting=meeting, by=request.user.person, **form.cleaned_data)
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The item is on the agenda."))
            return redirect(_address(meeting))
    rows = agenda_rows(meeting, request.user)
    context = {
        "meeting": meeting, "agenda": rows, "minutes": total_minutes(rows), "form": form,
        "trail": meeting_trail(meeting),
    }  # fmt: skip
    return render(request, "meetings/agenda_edit.html", context)


def _arranged(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One of the small buttons: each is a form of its own."""
    do, by = request.POST["do"], request.user.person
    try:
        if do == "carry":
            count = actions.carry_over(meeting=meeting, by=by)
            said = ngettext(
                "%(count)s item came onto the agenda.", "%(count)s items came onto the agenda.", count
            )
            messages.success(request, said % {"count": count})
        elif do == "remove":
            actions.remove_item(item=_item(meeting, request.POST.get("item", "")), by=by)
            messages.success(request, _("The item is off the agenda."))
        else:
            item = _item(meeting, request.POST.get("item", ""))
            actions.move_item(item=item, up=do == "up", by=by)
            return redirect(f"{_address(meeting)}#item-{item.pk}")  # where one was, to press again
    except MeetingError as refusal:
        messages.error(request, str(refusal))
    return redirect(_address(meeting))


def item_edit(request: HttpRequest, slug: str, identifier: str, pk: int) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    item = get_object_or_404(meeting.items, pk=pk)
    initial = {name: getattr(item, name) for name in EDITED} | {"papers": item.papers.all()}
    form = ItemEditForm(posted(request), initial=initial, group=meeting.group)
    unlike: list[Unlike] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(item=item, by=request.user.person, **form.cleaned_data)
        except SavedMeanwhile:
            item.refresh_from_db()
            unlike = form.meets(item)
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The item is saved."))
            return redirect(_address(meeting))
    context = {
        "meeting": meeting, "item": item, "form": form, "unlike": unlike,
        "trail": [*meeting_trail(meeting), (_("Agenda"), _address(meeting))],
    }  # fmt: skip
    return render(request, "meetings/agenda_item_edit.html", context, status=409 if unlike else 200)


def _item(meeting: Meeting, pk: str) -> AgendaItem:
    return get_object_or_404(
        meeting.items, pk=pk if pk.isascii() and pk.isdecimal() and len(pk) < 18 else None
    )


def _address(meeting: Meeting) -> str:
    return reverse("meetings:agenda", args=[meeting.group.slug, meeting.identifier])


def _prepared(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    meeting = meeting_of_address(request, slug, identifier)
    ensure(request.user.has_perm("meetings.prepare_meeting", meeting))
    return meeting
