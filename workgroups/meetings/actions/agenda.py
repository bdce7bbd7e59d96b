"""The agenda: what is added, edited, moved up or down, taken off, and what comes over by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Document
from workgroups.meetings.choices import ItemState, MeetingState, OutcomeState, ProposalState, Purpose
from workgroups.meetings.errors import ItemIsInUse, NotPossibleNow, RecordIsFrozen, SavedMeanwhile
from workgroups.meetings.models import ActionItem, AgendaItem, Meeting, Proposal, ReportBack
from workgroups.meetings.rosters_of_day import name_of

COPIED = (
    "title", "description", "language", "purpose", "minutes", "presenter_id", "presenter_name", "function_id",
    "subject",
)  # fmt: skip


@transaction.atomic
def add_item(*, meeting: Meeting, by: Person, **values: Any) -> AgendaItem:
    meeting = _editable(meeting)
    item = _append(meeting, **values)
    _tell(by, "added", _("%(actor)s put an item on the agenda of %(meeting)s."), meeting)
    return item


@transaction.atomic
def edit_item(
    *, item: AgendaItem, version: int, by: Person, papers: Iterable[Document] | None = None, **values: Any
) -> AgendaItem:
    """Without `papers` those that are there stay."""
    meeting = _editable(item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    changes_papers = papers is not None and set(item.papers.all()) != set(papers)
    if not changes_papers and all(getattr(item, name) == value for name, value in values.items()):
        return item
    if item.version != version:
        raise SavedMeanwhile
    if papers is not None and changes_papers:
        item.papers.set(papers)
    for name, value in values.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=[*values, "version"])
    _tell(by, "edited", _("%(actor)s edited the agenda of %(meeting)s."), meeting)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Person) -> AgendaItem:
    """One place up or down; at the end it stays. Not told in the history: order is no news."""
    meeting = _editable(item.meeting)
    items = list(meeting.items.order_by("position", "pk"))
    here = next(place for place, other in enumerate(items) if other.pk == item.pk)
    there = max(here - 1, 0) if up else min(here + 1, len(items) - 1)
    items.insert(there, items.pop(here))
    for place, other in enumerate(items, start=1):
        if other.position != place:
            AgendaItem.objects.filter(pk=other.pk).update(position=place)
    return items[there]


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Person) -> Meeting:
    """A proposal that led to it waits for a decision again."""
    meeting = _editable(item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.note or item.decisions.exists() or item.action_items.exists() or item.carried_to.exists():
        raise ItemIsInUse
    Proposal.objects.filter(item=item).update(
        state=ProposalState.PROPOSED, decided_by=None, decided_at=None, item=None
    )
    item.delete()
    _tell(by, "removed", _("%(actor)s took an item off the agenda of %(meeting)s."), meeting)
    return meeting


@transaction.atomic
def carry_over(*, meeting: Meeting, by: Person) -> int:
    """Approval of what was circulated last, what was not finished, and open actions. Again and again: what is there
    already does not come twice. Answers how many came."""
    meeting = _editable(meeting)
    items = [*_approval(meeting, by.language), *_unfinished(meeting), *_open_actions(meeting)]
    for values in items:
        _append(meeting, **values)
    answers = list(_answers_from_home(meeting))
    for answer in answers:
        ReportBack.objects.filter(pk=answer.pk).update(item=_append(meeting, **item_of_answer(answer)))
    if items or answers:
        _tell(by, "carried_over", _("What is still open came onto the agenda of %(meeting)s."), meeting)
    return len(items) + len(answers)


def what_is_open(meeting: Meeting, language: str) -> list[tuple[str, str]]:
    """The titles that `carry_over` would bring, each with its language, for a preview before the meeting exists."""
    items = (*_approval(meeting, language), *_unfinished(meeting), *_open_actions(meeting))
    answers = (item_of_answer(answer) for answer in _answers_from_home(meeting))
    return [(str(values["title"]), values["language"]) for values in (*items, *answers)]


def item_of_answer(report_back: ReportBack) -> dict:
    """What an organization answered to the outcomes, as an item."""
    organization = name_of(report_back.seat.organization) or str(report_back.seat)
    with override(report_back.language):
        title = gettext("Answer of %(organization)s to the outcomes of %(meeting)s") % {
            "organization": organization[:120], "meeting": report_back.meeting.identifier,
        }  # fmt: skip
    return {
        "title": title, "description": report_back.answer, "language": report_back.language,
        "presenter_id": report_back.person_id, "purpose": Purpose.INFORM,
    }  # fmt: skip


def _approval(meeting: Meeting, language: str) -> list[dict]:
    """Once: not where a meeting that comes before has it on its agenda."""
    circulated = _earlier(meeting).filter(outcome_state=OutcomeState.CIRCULATED).first()
    planned = AgendaItem.objects.filter(approves=circulated, meeting__state=MeetingState.PLANNED)
    if circulated is None or planned.exists():
        return []
    with override(language):
        title = gettext("Approval of the outcomes of %(meeting)s") % {"meeting": circulated.identifier}
    return [
        {
            "title": title,
            "language": language,
            "purpose": Purpose.DECIDE,
            "minutes": 5,
            "approves": circulated,
        }
    ]


def _unfinished(meeting: Meeting) -> list[dict]:
    """Of the last meeting that was held; what was carried from there already does not come again."""
    last = _earlier(meeting).first()
    if last is None:
        return []
    rows = last.items.exclude(state=ItemState.DONE).filter(
        approves__isnull=True, about_action__isnull=True, carried_to__isnull=True
    )
    return [
        {
            **{name: getattr(row, name) for name in COPIED},
            "carried_from": row,
            "papers": [paper for paper in row.papers.all() if not paper.is_withdrawn],
        }
        for row in rows.prefetch_related("papers")
    ]


def _open_actions(meeting: Meeting) -> list[dict]:
    there = (
        [] if meeting.pk is None else meeting.items.filter(about_action__isnull=False).values("about_action")
    )
    rows = ActionItem.objects.filter(group=meeting.group).open().exclude(pk__in=there).order_by("due", "pk")
    return [
        {
            "title": row.text[:200], "language": row.language, "purpose": Purpose.INFORM, "minutes": 5,
            "presenter_id": row.follower_id, "about_action": row, "subject": row.identifier,
        }
        for row in rows
    ]  # fmt: skip


def _answers_from_home(meeting: Meeting):
    """To the outcomes of the last meeting, given while no meeting was planned on whose agenda they could stand."""
    last = _earlier(meeting).first()
    rows = ReportBack.objects.filter(meeting=last, item__isnull=True).exclude(answer="")
    return rows.select_related("meeting__group", "seat__organization") if last else rows.none()


def _earlier(meeting: Meeting):
    return Meeting.objects.filter(group=meeting.group).exclude(pk=meeting.pk).held().select_related("group")


def _append(meeting: Meeting, *, papers: Iterable[Document] = (), **values: Any) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, **values)
    item.papers.set(papers)
    return item


def _editable(meeting: Meeting) -> Meeting:
    """Everything on one agenda waits for the row of its meeting."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.is_frozen:
        raise RecordIsFrozen
    if not meeting.is_planned:
        raise NotPossibleNow
    return meeting


def _tell(by: Person, verb: str, phrase, meeting: Meeting) -> None:
    record(
        by=by, verb=f"meetings.agenda_item_{verb}", phrase=phrase, target=meeting, meeting=meeting.identifier
    )
