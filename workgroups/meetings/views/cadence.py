"""The cadence of all groups: for members and staff, on a page and as a table for spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn.access import ensure
from iqn.exports import csv_response
from workgroups.meetings.cadence import Board, Cell, board
from workgroups.meetings.choices import QuarterState
from workgroups.meetings.exports import cadence_columns
from workgroups.meetings.forms.cadence import YearsForm
from workgroups.meetings.models import Meeting
from workgroups.meetings.rosters_of_day import day_of

TAGS = {
    QuarterState.HELD: "tag tag--ok", QuarterState.SCHEDULED: "tag tag--info", QuarterState.LATE: "tag tag--bad",
    QuarterState.CANCELLED: "tag tag--warn", QuarterState.EXCUSED: "tag", QuarterState.NOTHING: "", QuarterState.UNKNOWN: "",
    QuarterState.RESTING: "",
}  # fmt: skip


@dataclass(frozen=True)
class ShownCell:
    cell: Cell
    tag: str
    links: list[tuple[Meeting, str]]  # with the day, where there is one


@require_safe
def cadence_board(request: HttpRequest) -> HttpResponse:
    ensure(request.user.has_perm("meetings.view_cadence"))
    form = YearsForm(request.GET)
    shown = board(form.quarters, request.user)
    if request.GET.get("format") == "csv":
        return csv_response(cadence_columns(shown.quarters), shown.lines, name="cadence")  # type: ignore[return-value]
    context = {
        "years": form,
        "board": shown,
        "rows": _rows(shown),
        "legend": _legend(),
        "trail": [(_("Work groups"), reverse("groups:list"))],
    }
    return render(request, "meetings/cadence_board.html", context)


def _rows(shown: Board) -> list[tuple]:
    return [(line, [_shown(cell) for cell in line.cells]) for line in shown.lines]


def _shown(cell: Cell) -> ShownCell:
    links = [(meeting, day_of(meeting).isoformat() if meeting.starts_at else "") for meeting in cell.meetings]
    return ShownCell(cell, TAGS[cell.state], links)


def _legend() -> list[tuple[str, str, str]]:
    words = {
        QuarterState.HELD: _("The group met, and its outcomes are recorded or not older than ten days."),
        QuarterState.SCHEDULED: _("A date is set."),
        QuarterState.LATE: _(
            "The quarter is over without a meeting or a reason, or the outcomes are missing."
        ),
        QuarterState.EXCUSED: _("The group said why no meeting was needed: that is as good as a meeting."),
        QuarterState.CANCELLED: _("The meeting was called off, and none took its place in the quarter."),
        QuarterState.NOTHING: _("The quarter is not over."),
        QuarterState.UNKNOWN: _("No meeting of the group is known here yet."),
        QuarterState.RESTING: _(
            "The quarter came before the group or before its first meeting known here; or the group is dormant or has concluded."
        ),
    }
    return [(state.label, TAGS[state], said) for state, said in words.items()]
