"""Recording a meeting, item by item; circulating what was recorded; approving it; correcting what is approved."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.choices import VOTING_ROLES
from workgroups.groups.models import Term
from workgroups.meetings import outcome_letters
from workgroups.meetings.choices import ItemState, MeetingState, OutcomeState, Purpose
from workgroups.meetings.errors import (
    GroupIsConcluded,
    NothingRecorded,
    NotOverYet,
    NotPossibleNow,
    RecordIsFrozen,
    StaleVersion,
)
from workgroups.meetings.minutes import mark_of, written_minutes
from workgroups.meetings.models import AgendaItem, Correction, Meeting, ReportBack


def open_record(meeting: Meeting | None, *, by: Person) -> Meeting:
    """The locked meeting, if its record may be written in: whoever freezes it waits, and whoever writes after does not."""
    if meeting is None:  # decided in writing, or brought in from elsewhere
        raise NotPossibleNow
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if meeting.is_frozen:
        raise RecordIsFrozen
    if meeting.state != MeetingState.PLANNED:
        raise NotPossibleNow
    if meeting.group.is_concluded:
        raise GroupIsConcluded
    if meeting.outcome_state == OutcomeState.NONE:
        meeting.outcome_state = OutcomeState.DRAFT
        meeting.save(update_fields=["outcome_state"])
        record(
            by=by, verb="meetings.record_begun", target=meeting,
            phrase=_("%(actor)s began to record %(meeting)s"), meeting=meeting.identifier,
        )  # fmt: skip
    return meeting


@transaction.atomic
def save_item(
    *, item: AgendaItem, version: int, note: str, visibility: str, state: str, by: Person
) -> AgendaItem:
    """`version` is the one that the writer saw. Two people who write the same are no conflict."""
    meeting = open_record(item.meeting, by=by)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    wanted = {"note": note, "visibility": visibility, "state": state}
    if all(getattr(item, name) == value for name, value in wanted.items()):
        return item
    if item.version != version:
        raise StaleVersion(item)
    if not item.note:
        item.note_language = meeting.language
    for name, value in wanted.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=[*wanted, "note_language", "version"])
    record(
        by=by, verb="meetings.item_recorded", target=meeting,
        phrase=_("%(actor)s recorded item %(number)s of %(meeting)s"), number=item.position,
        meeting=meeting.identifier, data={"item": item.pk},
    )  # fmt: skip
    return item


@transaction.atomic
def change_language(*, meeting: Meeting, language: str, by: Person) -> Meeting:
    """Of the record: what was written in it and said to be in the former language is said to be in the new one."""
    meeting = open_record(meeting, by=by)
    former = meeting.language
    if language == former:
        return meeting
    meeting.language = language
    meeting.save(update_fields=["language"])
    meeting.items.filter(note_language=former).update(note_language=language)
    for rows in (meeting.decisions, meeting.action_items):
        rows.filter(language=former).update(language=language)
    record(
        by=by, verb="meetings.record_language_changed", target=meeting,
        phrase=_("%(actor)s changed the language of the record of %(meeting)s"), meeting=meeting.identifier,
    )  # fmt: skip
    return meeting


@transaction.atomic
def circulate(*, meeting: Meeting, seen_mark: str, by: Person) -> Meeting:
    """To the roster by letter, to everybody else as far as each part goes. `seen_mark` is that of the preview."""
    meeting = open_record(meeting, by=by)
    if meeting.outcome_state != OutcomeState.DRAFT:
        raise NotPossibleNow
    if meeting.starts_at is None or meeting.starts_at > timezone.now():
        raise NotOverYet
    if mark_of(written_minutes(meeting)) != seen_mark:
        raise StaleVersion(meeting)
    if not is_anything_recorded(meeting):
        raise NothingRecorded
    meeting.outcome_state, meeting.circulated_at = OutcomeState.CIRCULATED, timezone.now()
    meeting.save(update_fields=["outcome_state", "circulated_at"])
    _hand_on(meeting)
    record(
        by=by, verb="meetings.outcomes_circulated", target=meeting,
        phrase=_("%(actor)s circulated the outcomes of %(meeting)s"), meeting=meeting.identifier,
    )  # fmt: skip
    reports = briefs_for(meeting)
    outcome_letters.outcomes_circulated(meeting, reports)
    return meeting


def is_anything_recorded(meeting: Meeting) -> bool:
    items = meeting.items.exclude(note="", state=ItemState.OPEN).exists()
    return items or meeting.decisions.exists() or meeting.action_items.exists() or meeting.attendance.exists()


@transaction.atomic
def approve(*, meeting: Meeting, by: Person, approved_by: Meeting | None = None) -> Meeting:
    """From now on the record stays as it is, with the names, titles and organizations of the day."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if meeting.is_frozen:
        return meeting
    if meeting.outcome_state != OutcomeState.CIRCULATED:
        raise NotPossibleNow
    meeting.frozen = written_minutes(meeting)
    meeting.outcome_state, meeting.approved_at = OutcomeState.APPROVED, timezone.now()
    meeting.approved_by = approved_by
    meeting.save(update_fields=["frozen", "outcome_state", "approved_at", "approved_by"])
    record(
        by=by, verb="meetings.outcomes_approved", target=meeting,
        phrase=_("%(actor)s recorded that the outcomes of %(meeting)s are approved"), meeting=meeting.identifier,
    )  # fmt: skip
    return meeting


@transaction.atomic
def correct(*, meeting: Meeting, text: str, by: Person) -> Correction:
    """A dated entry beside the approved record, which itself stays."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if not meeting.is_frozen:
        raise NotPossibleNow
    correction = Correction.objects.create(
        meeting=meeting, text=text, by=by, by_name=by.display_name,
        language=(translation.get_language() or "en")[:2],
    )  # fmt: skip
    record(
        by=by, verb="meetings.outcomes_corrected", target=meeting,
        phrase=_("%(actor)s added a correction to the outcomes of %(meeting)s"), meeting=meeting.identifier,
    )  # fmt: skip
    return correction


def next_meeting_after(meeting: Meeting) -> Meeting | None:
    later = meeting.group.meetings.upcoming().filter(starts_at__gt=meeting.starts_at)
    return later.exclude(pk=meeting.pk).first()


def _hand_on(meeting: Meeting) -> None:
    """What the next meeting, where there is one already, gets from this one: its approval, and what was carried over."""
    following = next_meeting_after(meeting)
    if following is None or following.outcome_state not in (OutcomeState.NONE, OutcomeState.DRAFT):
        return
    language = (translation.get_language() or "en")[:2]  # of these words, which are the portal's own
    words = gettext("Approve the outcomes of %(meeting)s") % {"meeting": meeting.identifier}
    append_item(following, title=words, approves=meeting, purpose=Purpose.DECIDE, language=language)
    for item in meeting.items.filter(state=ItemState.CARRIED, carried_to=None):
        append_item(
            following, carried_from=item, title=item.title, description=item.description, minutes=item.minutes,
            language=item.language, purpose=item.purpose, presenter=item.presenter, function=item.function,
            presenter_name=item.presenter_name, subject=item.subject,
        )  # fmt: skip


def append_item(meeting: Meeting, **values) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, position=last + 1, **values)


def briefs_for(meeting: Meeting) -> list[ReportBack]:
    """One for each seat that speaks for an organization: to its holder of today, an alternate where there is no other."""
    terms = Term.objects.at_the_table_of(meeting.group).current().for_roster()
    holders: dict[int, Term] = {}
    for term in sorted(
        terms, key=lambda each: VOTING_ROLES.index(each.role) if each.role in VOTING_ROLES else 9
    ):
        if term.seat.organization_id and term.role in VOTING_ROLES:
            holders.setdefault(term.seat_id, term)
    return [
        ReportBack.objects.get_or_create(
            meeting=meeting, seat=term.seat,
            defaults={"person": term.person, "sent_at": timezone.now(), "language": term.person.language},
        )[0]
        for term in holders.values()
    ]  # fmt: skip
