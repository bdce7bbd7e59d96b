"""NUR-2026-Q1, NUR-2026-D03, NUR-2026-A05: what stands in an address, and which row it means."""

from __future__ import annotations

import re

from django.http import Http404
from django.shortcuts import get_object_or_404

from iqn import identifiers
from iqn.identifiers import Identified
from iqn.text import plain_text

_MEETING = re.compile(r"([A-Z0-9]{1,5})-(\d{4})-Q([1-4])(?:-(\d{1,2}))?")
_NUMBERED = r"([A-Z0-9]{1,5})-(\d{4})-%s(\d{2,4})"
DECISION, ACTION = _NUMBERED % "D", _NUMBERED % "A"
_PATTERNS = {"Decision": re.compile(DECISION), "ActionItem": re.compile(ACTION)}


def meeting_or_404(rows, slug: str, identifier: str):
    match = _MEETING.fullmatch(identifier)
    if match is None:
        raise Http404
    code, year, quarter, sequence = match.groups()
    return get_object_or_404(
        rows.select_related("group"), group__slug=slug, group__code=code, year=int(year), quarter=int(quarter),
        sequence=int(sequence or 1),
    )  # fmt: skip


def numbered(rows, identifier: str):
    """The rows with this identifier: one or none. Only its own spelling leads to it."""
    match = _PATTERNS[rows.model.__name__].fullmatch(identifier)
    if match is None or (len(match[3]) > 2 and match[3].startswith("0")):
        return rows.none()
    return rows.filter(group__code=match[1], year=int(match[2]), number=min(int(match[3]), 32767))


def numbered_or_404(rows, slug: str, identifier: str):
    return get_object_or_404(numbered(rows, identifier).filter(group__slug=slug))


def _resolve(rows, identifier: str, user) -> Identified | None:
    row = numbered(rows.visible_to(user).select_related("group"), identifier).first()
    if row is None:
        return None
    return Identified(row.identifier, plain_text(row.text, words=20), row.get_absolute_url(), row.language)


def register() -> None:
    from workgroups.meetings.models import ActionItem, Decision  # noqa: PLC0415 (the models are loaded by now)

    identifiers.register(DECISION, lambda identifier, user: _resolve(Decision.objects, identifier, user))
    identifiers.register(ACTION, lambda identifier, user: _resolve(ActionItem.objects, identifier, user))
