"""Columns of the CSV of the list of groups, of a roster, and of the documents of a group."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.exports import Column
from workgroups.groups.roster import Holder, SeatRow

GROUP_COLUMNS = (
    Column(_("Code"), lambda group: group.code),
    Column(_("Name"), lambda group: group.name),
    Column(_("Status"), lambda group: group.get_status_display()),
    Column(_("Founded"), lambda group: group.founded),
    Column(_("Occupations"), lambda group: "; ".join(str(o) for o in group.occupations.all())),
    Column(_("Province or territory"), lambda group: group.jurisdiction),
    Column(_("Address"), lambda group: f"{settings.SITE_ORIGIN}{group.get_absolute_url()}"),
)
DOCUMENT_COLUMNS = (
    Column(_("Number"), lambda document: document.identifier),
    Column(_("Title in English"), lambda document: document.files.title_en),
    Column(_("Title in French"), lambda document: document.files.title_fr),
    Column(_("Kind"), lambda document: document.files.get_kind_display()),
    Column(_("First written in"), lambda document: document.files.get_language_display()),
    Column(_("Version"), lambda document: document.files.newest.number if document.files.newest else ""),
    Column(_("Translation"), lambda document: document.files.get_translation_display()),
    Column(pgettext_lazy("document", "Who may read it"), lambda document: document.get_visibility_display()),
    Column(_("Changed on"), lambda document: timezone.localdate(document.changed_at).isoformat()),
    Column(_("Address"), lambda document: f"{settings.SITE_ORIGIN}{document.get_absolute_url()}"),
)

EVENT_COLUMNS = (
    Column(_("Date"), lambda event: timezone.localtime(event.at).isoformat(sep=" ", timespec="minutes")),
    Column(_("What happened"), lambda event: event.sentence),
)

RosterLine = tuple[SeatRow, Holder | None]


def roster_columns(*, with_names: bool, with_details: bool) -> list[Column]:
    """A line is a seat with one of its holders, or with nobody."""
    columns = [
        Column(_("Type of stakeholder"), lambda line: line[0].seat.stakeholder_type),
        Column(_("Speaks for"), lambda line: line[0].seat.organization),
        Column(_("Seat"), lambda line: line[0].seat.title),
        Column(_("Scope"), lambda line: line[0].seat.get_scope_display()),
        Column(_("Role"), lambda line: line[1].term.get_role_display() if line[1] else ""),
        Column(_("Since"), lambda line: line[1].term.since.isoformat() if line[1] else ""),
    ]
    if with_names:
        columns.append(Column(_("Name"), lambda line: line[1].name if line[1] else ""))
    if with_details:
        columns.append(
            Column(
                _("Contact"),
                lambda line: "; ".join(value for _f, value in line[1].contact) if line[1] else "",
            )
        )
    return columns


def roster_lines(rows: list[SeatRow]) -> list[RosterLine]:
    return [(row, holder) for row in rows for holder in (row.holders or [None])]  # type: ignore[list-item]
