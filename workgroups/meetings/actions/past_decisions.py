"""A decision of the past: of a meeting of its day where there is one, else in writing."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.importing import Cells, LineError, Verdict, choice_in
from members.models import Person
from workgroups.groups.models import Group
from workgroups.meetings.actions.summaries import summarize, summary_of
from workgroups.meetings.choices import DecisionKind, MeetingState, OutcomeState
from workgroups.meetings.errors import DecisionStands, RecordIsFrozen
from workgroups.meetings.models import Decision, Meeting
from workgroups.meetings.numbering import next_number
from workgroups.meetings.times import whole_day

LONGEST = 2000
NUMBER = re.compile(r"(?:([A-Z0-9]{1,5})-(\d{4})-)?D?(\d{1,4})", re.IGNORECASE)


def meeting_on(group: Group, day: date) -> Meeting | None:
    begin, end = whole_day(day, group.zone)
    rows = group.meetings.filter(state=MeetingState.PLANNED, starts_at__gte=begin, starts_at__lt=end)
    return rows.select_related("group").order_by("starts_at", "pk").first()


def take(by: Person, group: Group, cells: Cells, values: dict[str, Any]) -> tuple[Verdict, str]:
    if not values["text"]:
        raise LineError(gettext("The column %(name)s is empty.") % {"name": "text"})
    if len(values["text"]) > LONGEST:
        raise LineError(gettext("The text in the column %(name)s is too long.") % {"name": "text"})
    meeting = meeting_on(group, values["day"])
    wanted = {
        "text": values["text"], "rationale": cells.get("reasons", ""), "visibility": values["visibility"],
        "decided_on": values["day"], "kind": _kind(cells, meeting),
    }  # fmt: skip
    number = _number(group, cells, values["day"])
    decision = _known(group, number, values)
    if decision is None:
        decision = _create(by, group, meeting, number, values["language"], wanted)
        return Verdict.CREATE, gettext("Decision %(decision)s") % {"decision": decision.identifier}
    verdict = _changed(by, decision, wanted)
    return verdict, gettext("Decision %(decision)s") % {"decision": decision.identifier}


def _kind(cells: Cells, meeting: Meeting | None) -> str:
    if meeting is None:
        return DecisionKind.WRITTEN
    return choice_in(DecisionKind, cells.get("how") or DecisionKind.CONSENSUS, "how")


def _number(group: Group, cells: Cells, day: date) -> int | None:
    """NUR-2013-D02, D02 or 2; empty: the next one."""
    typed = cells.get("number", "")
    if not typed:
        return None
    match = NUMBER.fullmatch(typed)
    said = (match[1] or group.code).upper() if match else ""
    if match is None or said != group.code or int(match[2] or day.year) != day.year or int(match[3]) < 1:
        raise LineError(
            gettext("Write the number as %(code)s-%(year)s-D02: code of the group, year of the day, number.")
            % {"code": group.code, "year": day.year}
        )
    return int(match[3])


def _known(group: Group, number: int | None, values: dict[str, Any]) -> Decision | None:
    rows = Decision.objects.filter(group=group).select_related("group", "meeting")
    if number is not None:
        return rows.filter(year=values["day"].year, number=number).first()
    return rows.filter(decided_on=values["day"], text=values["text"]).first()


def _create(
    by: Person,
    group: Group,
    meeting: Meeting | None,
    number: int | None,
    language: str,
    wanted: dict[str, Any],
) -> Decision:
    if meeting is not None and meeting.is_frozen:
        raise RecordIsFrozen
    year = wanted["decided_on"].year
    item = None
    if meeting is not None:
        item = summary_of(meeting) or summarize(
            meeting, note="", visibility=wanted["visibility"], language=language
        )
        if meeting.outcome_state == OutcomeState.NONE:  # what is brought in was told long ago
            Meeting.objects.filter(pk=meeting.pk).update(outcome_state=OutcomeState.CIRCULATED)
    decision = Decision.objects.create(
        group=group, meeting=meeting, item=item, year=year, language=language,
        number=number or next_number(Decision, group=group, year=year), **wanted,
    )  # fmt: skip
    record(
        by=by, verb="meetings.decision_imported", target=decision,
        phrase=_("%(actor)s brought in decision %(decision)s from a file."), decision=decision.identifier,
    )  # fmt: skip
    return decision


def _changed(by: Person, decision: Decision, wanted: dict[str, Any]) -> Verdict:
    """A decision in writing is final; one of a meeting, once its outcomes are approved."""
    if all(getattr(decision, name) == value for name, value in wanted.items()):
        return Verdict.SAME
    if decision.meeting is None or decision.meeting.is_frozen:
        raise DecisionStands
    for name, value in wanted.items():
        setattr(decision, name, value)
    decision.version += 1
    decision.save(update_fields=[*wanted, "version"])
    record(
        by=by, verb="meetings.decision_imported", target=decision,
        phrase=_("%(actor)s changed decision %(decision)s by a file."), decision=decision.identifier,
    )  # fmt: skip
    return Verdict.CHANGE
