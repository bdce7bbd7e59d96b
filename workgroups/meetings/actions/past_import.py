"""Meetings and decisions of the past from a CSV file. What is brought in once comes no second time, and nobody is told."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.importing import Cells, LineError, Outcome, Sheet, Verdict, choice_in, day_in, run
from members.choices import Language
from members.models import Person
from workgroups.groups.choices import Part
from workgroups.groups.models import Group
from workgroups.meetings.actions import past_decisions, records
from workgroups.meetings.actions.summaries import summarize, summary_of
from workgroups.meetings.choices import Mode, OutcomeState
from workgroups.meetings.errors import (
    GroupIsConcluded,
    MeetingError,
    NotInThePast,
    NotPossibleNow,
    RecordIsFrozen,
)
from workgroups.meetings.models import Meeting
from workgroups.meetings.models.meeting import quarter_of
from workgroups.meetings.numbering import next_sequence
from workgroups.meetings.times import NoSuchTime, moment, whole_day

MEETING, DECISION = "meeting", "decision"
EARLIEST = 1970
LONGEST_SUMMARY, LONGEST_DECISION = 10_000, 2000
SHEET = Sheet(
    columns=(
        "kind", "date", "begins", "ends", "mode", "place", "number", "how", "text", "reasons", "language",
        "visibility", "approved",
    ),
    required=("kind", "date"),
    longest={"place": 200, "reasons": 4000, "number": 20, "text": LONGEST_SUMMARY},
    paragraphs=("text", "reasons"),
)  # fmt: skip


def dry_run(*, by: Person, group: Group, text: str) -> list[Outcome]:
    return _run(by, group, text, keep=False)


def apply(*, by: Person, group: Group, text: str) -> list[Outcome]:
    """All lines or none: with an error in any of them nothing is kept."""
    return _run(by, group, text, keep=True)


def _run(by: Person, group: Group, text: str, *, keep: bool) -> list[Outcome]:
    approved: dict[int, datetime] = {}  # approved once the decisions of the same file stand in them

    def take(cells: Cells) -> tuple[Verdict, str]:
        locked = Group.objects.select_for_update().get(pk=group.pk)
        if locked.is_concluded:
            raise GroupIsConcluded
        kind = _kind(cells["kind"])
        values = _read(locked, cells)
        if kind == DECISION:
            return past_decisions.take(by, locked, cells, values)
        return _take_meeting(by, locked, cells, values, approved)

    def finish() -> None:
        for pk, moment_of_approval in approved.items():
            meeting = records.approve(meeting=Meeting.objects.get(pk=pk), by=by)
            Meeting.objects.filter(pk=meeting.pk).update(approved_at=moment_of_approval)

    return run(SHEET, text, take=take, refusals=(MeetingError,), keep=keep, finish=finish)


def _kind(typed: str) -> str:
    if typed.lower() not in (MEETING, DECISION):
        raise LineError(
            gettext("The column %(name)s takes one of: %(values)s.")
            % {"name": "kind", "values": f"{MEETING}, {DECISION}"}
        )
    return typed.lower()


def _read(group: Group, cells: Cells) -> dict[str, Any]:
    day = day_in(cells["date"])
    if day >= timezone.localtime(timezone.now(), group.zone).date() or day.year < EARLIEST:
        raise NotInThePast
    page = (get_language() or "en")[:2]
    return {
        "day": day,
        "text": cells.get("text", ""),
        "language": choice_in(Language, cells.get("language") or page, "language"),
        "visibility": choice_in(Part, cells.get("visibility") or Part.PUBLIC, "visibility"),
    }


def _take_meeting(
    by: Person, group: Group, cells: Cells, values: dict[str, Any], approved: dict[int, datetime]
) -> tuple[Verdict, str]:
    wanted = _facts(group, cells, values)
    approval = _approval(group, cells, values)
    meeting = past_decisions.meeting_on(group, values["day"])
    if meeting is None:
        meeting = _create(by, group, values, wanted)
        verdict = Verdict.CREATE
    else:
        verdict = _changed(by, meeting, values, wanted, has_hours=bool(cells.get("begins")))
    if approval is not None and not meeting.is_frozen:
        if meeting.outcome_state == OutcomeState.DRAFT:
            raise NotPossibleNow
        _tell_circulated(meeting)
        approved[meeting.pk] = approval
        verdict = verdict if verdict == Verdict.CREATE else Verdict.CHANGE
    return verdict, gettext("Meeting %(meeting)s") % {"meeting": meeting.identifier}


def _facts(group: Group, cells: Cells, values: dict[str, Any]) -> dict[str, Any]:
    if not cells.get("mode"):
        raise LineError(gettext("The column %(name)s is empty.") % {"name": "mode"})
    starts_at, ends_at = _hours(group, cells, values["day"])
    mode = choice_in(Mode, cells["mode"], "mode")
    return {"mode": mode, "place": cells.get("place", ""), "starts_at": starts_at, "ends_at": ends_at}


def _hours(group: Group, cells: Cells, day: date) -> tuple[datetime, datetime]:
    """Without hours the meeting has its day alone."""
    begins, ends = cells.get("begins"), cells.get("ends")
    if not begins and not ends:
        return whole_day(day, group.zone)
    try:
        first, last = (moment(day, time.fromisoformat(typed or ""), group.zone) for typed in (begins, ends))
    except (ValueError, NoSuchTime) as exc:
        raise LineError(gettext("Write both hours, such as 13:30, or neither.")) from exc
    if last <= first:
        raise LineError(gettext("The meeting would end before it begins."))
    return first, last


def _approval(group: Group, cells: Cells, values: dict[str, Any]) -> datetime | None:
    if not cells.get("approved"):
        return None
    day = day_in(cells["approved"])
    if not values["day"] <= day <= timezone.localdate():
        raise LineError(gettext("The outcomes were approved between the day of the meeting and today."))
    return moment(day, time(12), group.zone)


def _create(by: Person, group: Group, values: dict[str, Any], wanted: dict[str, Any]) -> Meeting:
    day = values["day"]
    year, quarter = day.year, quarter_of(day)
    meeting = Meeting.objects.create(
        group=group, year=year, quarter=quarter, sequence=next_sequence(group, year, quarter),
        time_zone=group.time_zone, language=values["language"], **wanted,
    )  # fmt: skip
    if values["text"]:
        _tell_circulated(meeting)
        summarize(meeting, note=values["text"], visibility=values["visibility"], language=values["language"])
    record(
        by=by, verb="meetings.meeting_imported", target=meeting,
        phrase=_("%(actor)s brought in the meeting %(meeting)s from a file."), meeting=meeting.identifier,
    )  # fmt: skip
    return meeting


def _changed(
    by: Person, meeting: Meeting, values: dict[str, Any], wanted: dict[str, Any], *, has_hours: bool
) -> Verdict:
    """Facts that differ, and the summary. A record that people have written here is left to them."""
    facts = wanted if has_hours else {name: wanted[name] for name in ("mode", "place")}
    new = {name: value for name, value in facts.items() if getattr(meeting, name) != value}
    summary = summary_of(meeting)
    old_text = summary.note if summary else ""
    is_rewritten = bool(values["text"]) and (values["text"], values["visibility"]) != (
        old_text, summary.visibility if summary else values["visibility"],
    )  # fmt: skip
    if not new and not is_rewritten:
        return Verdict.SAME
    if meeting.is_frozen:
        raise RecordIsFrozen
    if is_rewritten and summary is None and meeting.items.exists():
        raise LineError(gettext("The meeting has a record already, to which no summary is added."))
    Meeting.objects.filter(pk=meeting.pk).update(**new, version=meeting.version + 1)
    if is_rewritten:
        _tell_circulated(meeting)
        summarize(meeting, note=values["text"], visibility=values["visibility"], language=values["language"])
    record(
        by=by, verb="meetings.meeting_imported", target=meeting,
        phrase=_("%(actor)s changed the meeting %(meeting)s by a file."), meeting=meeting.identifier,
    )  # fmt: skip
    return Verdict.CHANGE


def _tell_circulated(meeting: Meeting) -> None:
    """What is brought in was told long ago; nobody knows on which day."""
    if meeting.outcome_state == OutcomeState.NONE:
        meeting.outcome_state = OutcomeState.CIRCULATED
        meeting.save(update_fields=["outcome_state"])
