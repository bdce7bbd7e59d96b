"""Decisions: of a meeting, or in writing between meetings. Their numbers are never given twice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Group
from workgroups.meetings.actions.records import open_record
from workgroups.meetings.choices import DecisionKind, OutcomeState
from workgroups.meetings.errors import GroupIsConcluded, NotPossibleNow, StaleVersion
from workgroups.meetings.models import AgendaItem, Decision
from workgroups.meetings.numbering import next_number
from workgroups.meetings.rosters_of_day import day_of


@transaction.atomic
def take(*, item: AgendaItem, values: dict[str, Any], by: Person) -> Decision:
    """A decision on an item of a meeting. `values` are those of the form: text, kind, rationale, dissent and so on."""
    meeting = open_record(item.meeting, by=by)
    decision = Decision.objects.create(
        group=meeting.group, meeting=meeting, item=item, year=meeting.year, decided_on=day_of(meeting),
        number=next_number(Decision, group=meeting.group, year=meeting.year), subject=item.subject,
        language=meeting.language, **values,
    )  # fmt: skip
    _tell(decision, by)
    return decision


@transaction.atomic
def take_in_writing(*, group: Group, decided_on: date, values: dict[str, Any], by: Person) -> Decision:
    """Between meetings. It is final at once."""
    group = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if group.is_concluded:
        raise GroupIsConcluded
    decision = Decision.objects.create(
        group=group, year=decided_on.year, decided_on=decided_on, language=_language(),
        number=next_number(Decision, group=group, year=decided_on.year),
        **{**values, "kind": DecisionKind.WRITTEN},
    )  # fmt: skip
    _tell(decision, by)
    return decision


@transaction.atomic
def change(*, decision: Decision, version: int, values: dict[str, Any], by: Person) -> Decision:
    """Only while the outcomes of its meeting are not approved."""
    open_record(decision.meeting, by=by)
    decision = Decision.objects.select_for_update(of=("self",)).select_related("group").get(pk=decision.pk)
    if all(getattr(decision, name) == value for name, value in values.items()):
        return decision
    if decision.version != version:
        raise StaleVersion(decision)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.version += 1
    decision.save(update_fields=[*values, "version"])
    record(
        by=by, verb="meetings.decision_changed", target=decision,
        phrase=_("%(actor)s changed decision %(decision)s"), decision=decision.identifier,
    )  # fmt: skip
    return decision


@transaction.atomic
def take_back(*, decision: Decision, by: Person) -> None:
    """What was written by mistake, before anybody was told. Its number stays unused."""
    meeting = open_record(decision.meeting, by=by)
    if meeting.outcome_state != OutcomeState.DRAFT or decision.action_items.exists():
        raise NotPossibleNow
    record(
        by=by, verb="meetings.decision_taken_back", target=meeting,
        phrase=_("%(actor)s took back decision %(decision)s before it was circulated"),
        decision=decision.identifier,
    )  # fmt: skip
    decision.delete()


def _language() -> str:
    return (translation.get_language() or "en")[:2]


def _tell(decision: Decision, by: Person) -> None:
    record(
        by=by, verb="meetings.decision_taken", target=decision,
        phrase=_("%(actor)s recorded decision %(decision)s"), decision=decision.identifier,
    )  # fmt: skip
