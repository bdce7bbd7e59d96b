"""One page for one organization: what was decided, what it owes, what to ask at home."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from workgroups.meetings.choices import ItemState
from workgroups.meetings.models import ActionItem, AgendaItem, Decision, ReportBack


def brief_of(report_back: ReportBack) -> dict[str, Any]:
    """Its readers sit at the table: they may read every part."""
    meeting, seat = report_back.meeting, report_back.seat
    owed = Q(follower=report_back.person) | Q(seat=seat)
    if seat.organization_id:
        owed |= Q(organization=seat.organization_id)
    actions = (
        ActionItem.objects.open().filter(meeting=meeting).filter(owed).select_related("group", "follower")
    )
    unfinished = AgendaItem.objects.filter(
        meeting=meeting, state__in=(ItemState.OPEN, ItemState.CARRIED), approves=None
    )
    decisions = Decision.objects.filter(meeting=meeting).select_related("group").order_by("number")
    return {
        "meeting": meeting,
        "organization": str(seat),
        "decisions": list(decisions),
        "actions": list(actions),
        "questions": list(unfinished),
    }
