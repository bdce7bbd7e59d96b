"""The summary of a meeting that was brought in from a file: one item that holds its note and its decisions."""

from __future__ import annotations

from django.utils.translation import gettext, override

from workgroups.meetings.choices import ItemState
from workgroups.meetings.models import AgendaItem, Meeting


def summary_of(meeting: Meeting) -> AgendaItem | None:
    return meeting.items.filter(title__in=[_title(language) for language in ("en", "fr")]).first()


def summarize(meeting: Meeting, *, note: str, visibility: str, language: str) -> AgendaItem:
    """Inside the transaction of an action, which tells what happened."""
    item = summary_of(meeting) or AgendaItem(meeting=meeting, position=1)
    item.title, item.language, item.state = _title(language), language, ItemState.DONE
    item.note, item.note_language, item.visibility = note, language, visibility
    item.version += int(item.pk is not None)
    item.save()
    return item


def _title(language: str) -> str:
    with override(language):
        return gettext("Summary of the meeting")
