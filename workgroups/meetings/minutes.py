"""The record of a meeting as plain values with the names of the day: what approved outcomes keep, and what pages show.

The page of a draft and that of approved outcomes are rendered from the same values, so that nothing that changes later
about people and organizations changes what was approved.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member
from iqn.text import fingerprint
from workgroups.groups.choices import Part, Role
from workgroups.meetings.choices import DecisionKind, Mode, Presence, Purpose
from workgroups.meetings.models import ActionItem, AgendaItem, Attendance, Decision, Meeting
from workgroups.meetings.rosters_of_day import day_of
from workgroups.meetings.voices import both, voices_of

LEVELS = {
    Part.ROSTER: {Part.ROSTER, Part.MEMBERS, Part.PUBLIC},
    Part.MEMBERS: {Part.MEMBERS, Part.PUBLIC},
    Part.PUBLIC: {Part.PUBLIC},
}

NOTE_READERS = {
    Part.ROSTER: _("Note for the roster"),
    Part.MEMBERS: _("Note for members of the network"),
    Part.PUBLIC: _("Note for everyone"),
}


def level_of(user, group) -> Part:
    """As whom this reader reads: one of the roster (and staff), a member of the network, anybody."""
    if user.has_perm("meetings.view_attendance", group):
        return Part.ROSTER
    return Part.MEMBERS if is_member(user) else Part.PUBLIC


def minutes_of(meeting: Meeting) -> dict[str, Any]:
    """What is frozen; else what is written now."""
    return meeting.frozen if meeting.is_frozen and meeting.frozen else written_minutes(meeting)


def written_minutes(meeting: Meeting) -> dict[str, Any]:
    attendance = list(
        meeting.attendance.select_related("organization", "stakeholder_type", "delegate_for").order_by("pk")
    )
    items = meeting.items.prefetch_related(
        "decisions__group", "decisions__function", "action_items__group", "action_items__follower",
        "action_items__organization",
    )  # fmt: skip
    return {
        "meeting": meeting.identifier,
        "group": both(meeting.group),
        "day": day_of(meeting).isoformat(),
        "mode": meeting.mode,
        "place": meeting.place,
        "attendance": [_attended(row) for row in attendance],
        "items": [_item(number, item) for number, item in enumerate(items, start=1)],
        "voices": voices_of(meeting.group, day_of(meeting), attendance).kept(),
    }


def mark_of(minutes: dict[str, Any]) -> str:
    """Two records with the same mark are the same."""
    return fingerprint(json.dumps(minutes, sort_keys=True, default=str))


def _attended(row: Attendance) -> dict[str, Any]:
    return {
        "name": row.name,
        "title": row.title,
        "organization": {
            "en": row.organization_name,
            "fr": row.organization_name_fr or row.organization_name,
        },
        "type": both(row.stakeholder_type) if row.stakeholder_type else None,
        "role": row.role,
        "presence": row.presence,
        "for": row.delegate_for.display_name if row.delegate_for else "",
        "is_guest": row.person_id is None,
    }


def _item(number: int, item: AgendaItem) -> dict[str, Any]:
    return {
        "number": number,
        "title": item.title,
        "language": item.language,
        "purpose": item.purpose,
        "note": item.note,
        "note_language": item.note_language,
        "visibility": item.visibility,
        "state": item.state,
        "decisions": [_decision(row) for row in sorted(item.decisions.all(), key=lambda each: each.number)],
        "actions": [_action(row) for row in sorted(item.action_items.all(), key=lambda each: each.number)],
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "identifier": row.identifier,
        "kind": row.kind,
        "text": row.text,
        "rationale": row.rationale,
        "dissent": row.dissent,
        "language": row.language,
        "function": both(row.function) if row.function else None,
        "visibility": row.visibility,
    }


def _action(row: ActionItem) -> dict[str, Any]:
    outside = {"en": row.organization_name, "fr": row.organization_name} if row.organization_name else None
    return {
        "identifier": row.identifier,
        "text": row.text,
        "language": row.language,
        "follower": row.follower.display_name,
        "organization": both(row.organization) if row.organization else outside,
        "due": row.due.isoformat(),
        "visibility": row.visibility,
    }


# What each reader sees of it


def seen(minutes: dict[str, Any], level: Part) -> dict[str, Any]:
    """The part of the record that readers of this level see, in the language of the page."""
    allowed = LEVELS[level]
    items = [_seen_item(item, level, allowed) for item in minutes["items"]]
    return {
        "mode": Mode(minutes["mode"]).label,
        "place": minutes["place"],
        "attendance": [_seen_attendance(row) for row in minutes["attendance"]]
        if level == Part.ROSTER
        else [],
        "items": [item for item in items if item["is_shown"]],
        "voices": seen_voices(minutes["voices"]),
        "level": level,
    }


def seen_voices(voices: dict[str, Any]) -> dict[str, Any]:
    return {
        **voices,
        "present": [_said(kind) for kind in voices["present"]],
        "missing": [_said(kind) for kind in voices["missing"]],
    }


def _seen_item(item: dict[str, Any], level: Part, allowed: set[Part]) -> dict[str, Any]:
    """The agenda is for members; to everybody else an item has a title where its note is for everybody."""
    has_note = item["visibility"] in allowed
    has_title = level != Part.PUBLIC or has_note
    decisions = [_seen_decision(row) for row in item["decisions"] if row["visibility"] in allowed]
    actions = [_seen_action(row, level) for row in item["actions"] if row["visibility"] in allowed]
    return {
        **item,
        "title": item["title"] if has_title else "",
        "purpose": Purpose(item["purpose"]).label,
        "note": item["note"] if has_note else "",
        "readers": NOTE_READERS[item["visibility"]],
        "decisions": decisions,
        "actions": actions,
        "is_shown": has_title or bool(decisions) or bool(actions),
    }


def _seen_decision(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "kind": DecisionKind(row["kind"]).label,
        "function": _said(row["function"]),
        "visibility_label": Part(row["visibility"]).label,
    }


def _seen_action(row: dict[str, Any], level: Part) -> dict[str, Any]:
    """Who follows it up is for the network; the organization that does it, for everybody."""
    return {
        **row,
        "follower": "" if level == Part.PUBLIC else row["follower"],
        "organization": _said(row["organization"]),
        "due_day": date.fromisoformat(row["due"]),
        "visibility_label": Part(row["visibility"]).label,
    }


def _seen_attendance(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "organization": _said(row["organization"]),
        "type": _said(row["type"]),
        "role": Role(row["role"]).label if row["role"] else "",
        "presence_label": Presence(row["presence"]).label,
    }


def _said(text: dict[str, str] | None) -> str:
    return text["fr" if (get_language() or "en").startswith("fr") else "en"] if text else ""
