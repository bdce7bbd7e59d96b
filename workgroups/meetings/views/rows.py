"""Meetings and agenda items as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workgroups.groups.models import Document
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import AgendaItem, Meeting
from workgroups.meetings.times import when, when_words


@dataclass
class MeetingRow:
    meeting: Meeting
    url: str
    when: SafeString | str
    state: str
    tag: str  # class of the tag

    @property
    def words(self) -> str:
        """When it is, without markup."""
        return when_words(self.meeting.starts_at, self.meeting.ends_at, self.meeting.time_zone)


@dataclass
class ItemRow:
    item: AgendaItem
    number: int
    title: str
    language: str  # empty: the page's own
    origin: str
    origin_url: str
    presenter: str
    is_first: bool
    is_last: bool
    papers: list[Document]  # that this reader may read


def meeting_row(meeting: Meeting) -> MeetingRow:
    shown = when(meeting.starts_at, meeting.ends_at, meeting.time_zone)
    state, tag = _state(meeting)
    return MeetingRow(meeting, meeting.get_absolute_url(), shown, state, tag)


def _state(meeting: Meeting) -> tuple[str, str]:
    if not meeting.is_planned:
        return str(meeting.get_state_display()), "tag"
    if not meeting.is_over:
        return str(meeting.get_state_display()), "tag tag--info"
    if meeting.outcome_state == OutcomeState.NONE:
        return pgettext("meeting", "Held, outcomes not recorded"), "tag tag--warn"
    return pgettext("meeting", "Held"), "tag tag--ok"


def agenda_rows(meeting: Meeting, user) -> list[ItemRow]:
    items = list(
        meeting.items.select_related(
            "presenter", "function", "carried_from__meeting__group", "about_action__group", "approves__group"
        )
    )
    papers = _papers(meeting, user)
    return [_item_row(item, number, len(items), papers) for number, item in enumerate(items, start=1)]


def _papers(meeting: Meeting, user) -> dict[int, list[Document]]:
    """Of each item those that this reader may read."""
    readable = Document.objects.visible_to(user).current()
    laid = AgendaItem.papers.through.objects.filter(agendaitem__meeting=meeting, document__in=readable)
    found: dict[int, list[Document]] = {}
    for row in laid.select_related("document__files", "document__group").order_by("document__number"):
        found.setdefault(row.agendaitem_id, []).append(row.document)
    return found


def _item_row(item: AgendaItem, number: int, count: int, papers: dict[int, list[Document]]) -> ItemRow:
    title, language = item.title, item.language
    if item.approves:
        title, language = _("Approval of the outcomes of %(meeting)s") % {"meeting": item.approves}, ""
    origin, url = _origin(item)
    presenter = item.presenter_name or (str(item.presenter) if item.presenter else "")
    return ItemRow(
        item, number, title, language, origin, url, presenter, number == 1, number == count, papers.get(item.pk, []),
    )  # fmt: skip


def _origin(item: AgendaItem) -> tuple[str, str]:
    """Where it came from, if it came by itself."""
    if item.approves:
        address = reverse(
            "meetings:outcome-detail", args=[item.approves.group.slug, item.approves.identifier]
        )
        return _("Read the outcomes of %(meeting)s") % {"meeting": item.approves.identifier}, address
    if item.carried_from:
        earlier = item.carried_from.meeting
        return _("Carried over from %(meeting)s") % {"meeting": earlier}, earlier.get_absolute_url()
    if item.about_action:
        return _("Open action %(action)s") % {"action": item.about_action}, ""
    return "", ""


def total_minutes(rows: Iterable[ItemRow]) -> int:
    return sum(row.item.minutes for row in rows)
