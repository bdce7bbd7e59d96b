"""Registers as tables for spreadsheets."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from iqn.exports import Column
from workgroups.meetings.cadence import Quarter
from workgroups.meetings.minutes import seen_voices
from workgroups.meetings.models import Decision
from workgroups.meetings.voices import voices_in


def _voices(decision: Decision) -> dict[str, Any] | None:
    return seen_voices(voices_in(decision.meeting, decision.group)) if decision.meeting else None


def _named(decision: Decision, which: str) -> str:
    voices = _voices(decision)
    return "; ".join(voices[which]) if voices else ""


def _quorum(decision: Decision) -> str:
    voices = _voices(decision)
    if not voices or not voices["needed"]:
        return ""
    return pgettext("quorum", "reached") if voices["is_met"] else pgettext("quorum", "not reached")


DECISION_COLUMNS = (
    Column(_("Number"), lambda decision: decision.identifier),
    Column(_("Work group"), lambda decision: decision.group.name),
    Column(_("Decided on"), lambda decision: decision.decided_on.isoformat()),
    Column(_("Meeting"), lambda decision: decision.meeting.identifier if decision.meeting else ""),
    Column(_("How it was taken"), lambda decision: decision.get_kind_display()),
    Column(_("What was decided"), lambda decision: decision.text),
    Column(_("Reasons"), lambda decision: decision.rationale),
    Column(_("Dissent noted"), lambda decision: decision.dissent),
    Column(pgettext_lazy("of a work group", "Function"), lambda decision: decision.function or ""),
    Column(_("Who may read it"), lambda decision: decision.get_visibility_display()),
    Column(_("Voices in the room"), lambda decision: _named(decision, "present")),
    Column(_("Expected, not in the room"), lambda decision: _named(decision, "missing")),
    Column(_("Quorum"), lambda decision: _quorum(decision)),
)
FOLLOWER = Column(_("Who follows it up"), lambda action: action.follower.display_name)
ACTION_COLUMNS = (
    Column(_("Number"), lambda action: action.identifier),
    Column(_("Work group"), lambda action: action.group.name),
    Column(_("What is to be done"), lambda action: action.text),
    Column(_("Organization that does it"), lambda action: action.organization or action.organization_name),
    Column(_("Due"), lambda action: action.due.isoformat()),
    Column(_("First due"), lambda action: action.first_due.isoformat()),
    Column(pgettext_lazy("of an action", "State"), lambda action: action.get_state_display()),
    Column(_("What came of it"), lambda action: action.closing_note),
)
ATTENDANCE_COLUMNS = (
    Column(_("Meeting"), lambda row: row.meeting.identifier),
    Column(_("Date"), lambda row: row.meeting.local_start.date().isoformat()),
    Column(_("Name"), lambda row: row.name),
    Column(_("Title"), lambda row: row.title),
    Column(_("Organization"), lambda row: row.organization_shown),
    Column(_("Type of stakeholder"), lambda row: row.stakeholder_type or ""),
    Column(_("Presence"), lambda row: row.get_presence_display()),
)


def cadence_columns(quarters: list[Quarter]) -> list[Column]:
    """A line of the board: what became of each quarter, then the figures."""

    def of_quarter(position: int):
        return lambda line: line.cells[position].words

    return [
        Column(_("Code"), lambda line: line.group.code),
        Column(_("Name"), lambda line: line.group.name),
        *(Column(quarter, of_quarter(position)) for position, quarter in enumerate(quarters)),
        Column(_("Days to circulated outcomes (median)"), lambda line: line.figures.median_days),
        Column(_("Actions that fell due"), lambda line: line.figures.due),
        Column(_("Actions done on time"), lambda line: line.figures.on_time),
        Column(_("Seats asked to report back"), lambda line: line.figures.asked),
        Column(_("Seats that reported back"), lambda line: line.figures.reported),
        Column(_("Seats today"), lambda line: line.figures.seats),
        Column(_("Empty seats today"), lambda line: line.figures.empty),
    ]


MEETING_COLUMNS = (
    Column(_("Meeting"), lambda row: row.meeting.identifier),
    Column(
        _("Date"), lambda row: row.meeting.local_start.date().isoformat() if row.meeting.starts_at else ""
    ),
    Column(pgettext_lazy("of a meeting", "When"), lambda row: row.words),
    Column(pgettext_lazy("of a meeting", "State"), lambda row: row.state),
    Column(_("Mode"), lambda row: row.meeting.get_mode_display() if row.meeting.starts_at else ""),
    Column(_("Place"), lambda row: row.meeting.place),
    Column(_("Reason"), lambda row: row.meeting.state_reason),
    Column(_("Outcomes"), lambda row: row.meeting.get_outcome_state_display()),
)
PROPOSAL_COLUMNS = (
    Column(_("Proposal"), lambda proposal: proposal.title),
    Column(_("Proposed by"), lambda proposal: proposal.proposer.display_name),
    Column(_("Proposed on"), lambda proposal: timezone.localtime(proposal.created_at).date().isoformat()),
    Column(pgettext_lazy("agenda", "Purpose"), lambda proposal: proposal.get_purpose_display()),
    Column(_("Why"), lambda proposal: proposal.text),
    Column(pgettext_lazy("of a proposal", "State"), lambda proposal: proposal.get_state_display()),
    Column(_("Reason"), lambda proposal: proposal.reason),
    Column(_("Meeting"), lambda proposal: proposal.item.meeting.identifier if proposal.item else ""),
)
