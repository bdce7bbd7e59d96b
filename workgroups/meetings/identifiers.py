"""NUR-2026-Q1: given when the meeting is scheduled, kept when it moves into another quarter."""

from __future__ import annotations

from iqn import identifiers
from iqn.identifiers import Identified

MEETING = r"[A-Z0-9]{2,5}-\d{4}-Q[1-4](?:-(?:[2-9]|[1-9]\d{1,3}))?"


class MeetingConverter:
    """In addresses. The first meeting of a quarter has no number: no other spelling leads to the same page."""

    regex = MEETING

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def parts(identifier: str) -> dict[str, str | int]:
    """What to ask the rows for."""
    code, year, quarter, *number = identifier.split("-")
    return {
        "group__code": code,
        "year": int(year),
        "quarter": int(quarter.removeprefix("Q")),
        "sequence": int(number[0]) if number else 1,
    }


def resolve_meeting(identifier: str, user) -> Identified | None:
    from workgroups.meetings.models import Meeting  # noqa: PLC0415 (the converter is needed before the models)

    rows = Meeting.objects.visible_to(user).select_related("group")
    meeting = rows.filter(**parts(identifier)).first()
    if meeting is None:
        return None
    return Identified(meeting.identifier, str(meeting.group), meeting.get_absolute_url())


def register() -> None:
    identifiers.register(MEETING, resolve_meeting)
