"""What somebody promised to do: noted, changed, done, postponed. Who follows it up changes only where somebody says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from iqn.dates import date_words
from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Seat, Term
from workgroups.meetings.actions.records import open_record
from workgroups.meetings.choices import ActionState, OutcomeState
from workgroups.meetings.errors import (
    DueBeforeMeeting,
    GroupIsConcluded,
    MeetingError,
    NobodyOwnsIt,
    NotAtTheTable,
    NotPossibleNow,
    NotTheFollower,
    StaleVersion,
)
from workgroups.meetings.models import ActionItem, AgendaItem, Meeting
from workgroups.meetings.notifications.handed_over import tell_handed_over
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
        language=meeting.language, **values,
    )  # fmt: skip
    record(
        by=by, verb="meetings.action_noted", target=action,
        phrase=_("%(actor)s recorded action %(action)s"), action=action.identifier,
    )  # fmt: skip
    tell_handed_over([action], to=action.follower, by=by)
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
    is_new = action.follower != values["follower"]
    for name, value in values.items():
        setattr(action, name, value)
    action.version += 1
    action.save(update_fields=[*values, "version"])
    record(
        by=by, verb="meetings.action_changed", target=action,
        phrase=_("%(actor)s changed action %(action)s"), action=action.identifier,
    )  # fmt: skip
    if is_new:
        tell_handed_over([action], to=action.follower, by=by)
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
    action.closing_note_language = (translation.get_language() or "en")[:2]
    action.version += 1
    action.save(update_fields=["state", "closed_at", "closing_note", "closing_note_language", "version"])
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


@dataclass(frozen=True)
class Hands:
    """Into which an open action is given: somebody's, or (`to` is None) those of whoever comes next on the seat."""

    action: ActionItem
    to: Person | None
    seat: Seat | None = None


@transaction.atomic
def hand_on(*, choices: Iterable[Hands], by: Person) -> dict[ActionItem, MeetingError]:
    """What is open on a seat, one after the other. Answers what was refused; the others are settled all the same."""
    refused: dict[ActionItem, MeetingError] = {}
    got: dict[Person, list[ActionItem]] = {}
    for choice in choices:
        try:
            with transaction.atomic():
                if choice.to is not None and _give(choice.action, choice.to, by, choice.seat):
                    got.setdefault(choice.to, []).append(choice.action)
                elif choice.to is None and choice.seat is not None:
                    keep_with_seat(action=choice.action, seat=choice.seat, by=by)
        except MeetingError as refusal:
            refused[choice.action] = refusal
    for person, actions in got.items():
        tell_handed_over(actions, to=person, by=by)
    return refused


def _give(action: ActionItem, to: Person, by: Person, seat: Seat | None) -> bool:
    """Somebody at the table follows it up from now on; with `seat` it stays with that seat after them too. Is it in
    other hands now?"""
    action = _to_hand_over(action)
    term = Term.objects.at_the_table_of(action.group).current().of(to).for_roster().first()
    if term is None:
        raise NotAtTheTable
    if (action.follower_id, action.seat_id) == (to.pk, seat.pk if seat else None):
        return False
    is_new = action.follower_id != to.pk
    action.follower, action.seat = to, seat
    action.version += 1
    action.save(update_fields=["follower", "seat", "version"])
    if is_new:  # the sentence names a seat and no person, who may want to be forgotten
        record(
            by=by, verb="meetings.action_handed_over", target=action, data={"term": term.pk},
            phrase=_("%(actor)s handed action %(action)s over to the seat: %(seat)s"), action=action.identifier,
            seat=lambda: str(term.seat),
        )  # fmt: skip
    else:
        _tell_seat(action, by)
    return is_new


@transaction.atomic
def keep_with_seat(*, action: ActionItem, seat: Seat, by: Person) -> ActionItem:
    """It waits for the next person on the seat. Until somebody hands it over, its follower stays."""
    action = _to_hand_over(action)
    if action.seat_id == seat.pk:
        return action
    action.seat = seat
    action.version += 1
    action.save(update_fields=["seat", "version"])
    _tell_seat(action, by)
    return action


def _to_hand_over(action: ActionItem) -> ActionItem:
    action = _locked(action)
    if action.group.is_concluded:
        raise GroupIsConcluded
    if not action.is_open:
        raise NotPossibleNow
    return action


def _tell_seat(action: ActionItem, by: Person) -> None:
    record(
        by=by, verb="meetings.action_kept_with_seat", target=action,
        phrase=_("%(actor)s left action %(action)s with the seat: %(seat)s"), action=action.identifier,
        seat=lambda: str(action.seat or "–"),
    )  # fmt: skip


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
