"""When an action is due unless somebody says otherwise."""

from __future__ import annotations

from datetime import date, timedelta

from workgroups.meetings.models import Meeting
from workgroups.meetings.rosters_of_day import day_of

BEFORE_NEXT, WITHOUT_NEXT = timedelta(days=14), timedelta(days=60)


def default_due(meeting: Meeting) -> date:
    """Two weeks before the next meeting; where none is planned, sixty days after this one."""
    day = day_of(meeting)
    upcoming = meeting.group.meetings.planned().filter(starts_at__gt=meeting.starts_at).order_by("starts_at")
    following = upcoming.first()
    due = day_of(following) - BEFORE_NEXT if following else day + WITHOUT_NEXT
    return max(due, day)
