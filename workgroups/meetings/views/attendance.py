"""Who came over the years: for those at the table."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iqn.access import ensure
from iqn.exports import csv_response
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.exports import ATTENDANCE_COLUMNS
from workgroups.meetings.models import Attendance
from workgroups.meetings.views.decisions import group_or_404

SHOWN_MEETINGS = 8  # two years; the table for spreadsheets has them all


@require_safe
def attendance_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("meetings.view_attendance", group))
    rows = Attendance.objects.filter(meeting__group=group).select_related(
        "meeting__group", "stakeholder_type"
    )
    if request.GET.get("format") == "csv":
        ordered = rows.order_by("-meeting__starts_at", "pk")
        return csv_response(
            ATTENDANCE_COLUMNS, ordered.iterator(chunk_size=500), name=f"attendance-{group.slug}"
        )
    recorded = group.meetings.exclude(outcome_state=OutcomeState.NONE).exclude(starts_at=None)
    meetings = list(recorded.order_by("-starts_at")[:SHOWN_MEETINGS])
    people = _by_person(rows.filter(meeting__in=meetings).order_by("-meeting__starts_at", "pk"), meetings)
    context = {"group": group, "meetings": meetings, "people": people, "noindex": True}
    return render(request, "meetings/record_attendance.html", context)


def _by_person(rows, meetings) -> list[dict[str, Any]]:
    """One line for each person with the newest name and organization, one cell for each meeting."""
    lines: OrderedDict[Any, dict[str, Any]] = OrderedDict()
    for row in rows:
        key = row.person_id or f"guest {row.name}"
        line = lines.setdefault(
            key, {"name": row.name, "organization": row.organization_shown, "by_meeting": {}, "came": 0}
        )
        line["by_meeting"][row.meeting_id] = row
        line["came"] += row.was_there
    for line in lines.values():
        line["cells"] = [(meeting, line["by_meeting"].get(meeting.pk)) for meeting in meetings]
    return sorted(lines.values(), key=lambda line: (-line["came"], line["name"]))
