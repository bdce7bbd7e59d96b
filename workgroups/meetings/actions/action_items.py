"""What somebody promised to do: noted, changed, done, postponed. Who follows it up changes only where somebody says so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from iqn.dates import date_words
from iqn.history.recording import record
from members.models import Person
from workgroups.meetings.actions.records import open_record
from workgroups.meetings.choices import ActionState, OutcomeState
from workgroups.meetings.errors import (
    DueBeforeMeeting,
    GroupIsConcluded,
    NobodyOwnsIt,
    NotPossibleNow,
    NotTheFollower,
    StaleVersion,
)
from workgroups.meetings.models import ActionItem, AgendaItem, Meeting
from workgroups.meetings.numbering import next_number
from workgroups.meetings.rosters_of_day import day_of


@transaction.atomic
def note(*, item: AgendaItem, values: dict[str, Any], by: Person) -> ActionItem:
    """An action that came of an item of a meeting."""
    meeting = open_record(item.meeting, by=by)
    _check(meeting, values)
    action = ActionItem.objects.create(
        group=meeting.group, meeting=meeting, item=item, year=meeting.year, first_due=values["due"],
        number=next_number(ActionItem, group=meeting.group, year=meeting.year), subject=item.subject,
        language=(translation.get_language() or "en")[:2], **values,
    )  # fmt: skip
    record(
        by=by, verb="meetings.action_noted", target=action,
        phrase=_("%(actor)s recorded action %(action)s"), action=action.identifier,
    )  # fmt: skip
    return action


@transaction.atomic
def change(*, action: ActionItem, version: int, values: dict[str, Any], by: Person) -> ActionItem:
    """In the record, until it is approved."""
    meeting = open_record(action.meeting, by=by)
    action = _locked(action)
    _check(meeting, values)
    if all(getattr(action, name) == value for name, value in values.items()):
        return action
    if action.version != version:
        raise StaleVersion(action)
    for name, value in values.items():
        setattr(action, name, value)
    action.version += 1
    action.save(update_fields=[*values, "version"])
    record(
        by=by, verb="meetings.action_changed", target=action,
        phrase=_("%(actor)s changed action %(action)s"), action=action.identifier,
    )  # fmt: skip
    return action


@transaction.atomic
def take_back(*, action: ActionItem, by: Person) -> None:
    """What was written by mistake, before anybody was told. Its number stays unused."""
    meeting = open_record(action.meeting, by=by)
    if meeting.outcome_state != OutcomeState.DRAFT:
        raise NotPossibleNow
    record(
        by=by, verb="meetings.action_taken_back", target=meeting,
        phrase=_("%(actor)s took back action %(action)s before it was circulated"), action=action.identifier,
    )  # fmt: skip
    action.delete()


@transaction.atomic
def finish(*, action: ActionItem, by: Person, closing_note: str = "", from_mail: bool = False) -> ActionItem:
    """Done. Saying it twice changes nothing."""
    action = _open_for(action, by, from_mail)
    if not action.is_open:
        return action
    action.state, action.closed_at, action.closing_note = ActionState.DONE, timezone.now(), closing_note
    action.version += 1
    action.save(update_fields=["state", "closed_at", "closing_note", "version"])
    record(
        by=by, verb="meetings.action_done", target=action,
        phrase=_("%(actor)s marked action %(action)s as done"), action=action.identifier,
    )  # fmt: skip
    return action


@transaction.atomic
def postpone(*, action: ActionItem, due: date, by: Person, from_mail: bool = False) -> ActionItem:
    action = _open_for(action, by, from_mail)
    if not action.is_open or due < timezone.localdate():
        raise NotPossibleNow
    if due == action.due:
        return action
    action.due = due
    action.postponed += 1
    action.version += 1
    action.save(update_fields=["due", "postponed", "version"])
    record(
        by=by, verb="meetings.action_postponed", target=action,
        phrase=_("%(actor)s postponed action %(action)s until %(due)s"), action=action.identifier,
        due=lambda: date_words(due),
    )  # fmt: skip
    return action


def _open_for(action: ActionItem, by: Person, from_mail: bool) -> ActionItem:
    """A link in a mail is good for whoever follows the action up today, and for nobody else."""
    action = _locked(action)
    if from_mail and action.follower_id != by.pk:
        raise NotTheFollower
    if action.group.is_concluded:
        raise GroupIsConcluded
    return action


def _locked(action: ActionItem) -> ActionItem:
    return ActionItem.objects.select_for_update(of=("self",)).select_related("group").get(pk=action.pk)


def _check(meeting: Meeting, values: dict[str, Any]) -> None:
    if values["follower"] is None:
        raise NobodyOwnsIt
    if values["due"] < day_of(meeting):
        raise DueBeforeMeeting
