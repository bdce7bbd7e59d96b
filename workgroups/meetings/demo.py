"""Two years of invented meetings for the groups of the demonstration.

What is past gets its rows directly, for the actions rightly refuse the past; from the last outcomes on it is the actions
that write, so that letters, briefs and the next agenda come about as they do in earnest.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone, translation

from members.models import Person
from workgroups.groups.models import Group
from workgroups.meetings.actions import agenda, invitations, meetings, proposals, records
from workgroups.meetings.choices import (
    ActionState,
    Answer,
    MeetingState,
    Mode,
    OutcomeState,
    Presence,
    ProposalState,
    Purpose,
)
from workgroups.meetings.demo_texts import (
    ENGINEERING,
    IDEAS,
    NURSING,
    TO_COME,
    Idea,
    Item,
    Promise,
    Quarter,
)
from workgroups.meetings.minutes import mark_of, written_minutes
from workgroups.meetings.models import ActionItem, AgendaItem, Attendance, Decision, Meeting
from workgroups.meetings.models.meeting import quarter_of
from workgroups.meetings.numbering import next_number
from workgroups.meetings.rosters_of_day import lines_of

AHEAD = timedelta(days=16)
LINK = "https://meet.example.org/demonstration"
ANSWERS = (Answer.ONLINE, Answer.ONLINE, Answer.REGRETS)
PEOPLE = dict[str, Person]


def load_demo_meetings() -> list[Group]:
    """Once: a group that has a meeting already is left as it is."""
    people = {
        person.user.email.split("@")[0]: person
        for person in Person.objects.filter(user__email__endswith="@example.org").select_related("user")
    }
    filled = []
    for slug, quarters in (("nursing", NURSING), ("engineering", ENGINEERING)):
        group = Group.objects.filter(slug=slug, is_demo=True).first()
        if group is not None and "cochair" in people and not group.meetings.exists():
            _fill(group, quarters, people)
            filled.append(group)
    return filled


@transaction.atomic
def _fill(group: Group, quarters: tuple[Quarter, ...], people: PEOPLE) -> None:
    chair, to_come = people["cochair"], _weekday(timezone.localdate() + AHEAD)
    latest: Meeting | None = None
    for back, quarter in zip(range(len(quarters), 0, -1), quarters, strict=True):
        meeting = _past(group, quarter, _middle_of_quarter(to_come, back))
        if quarter.state != MeetingState.PLANNED:
            continue
        if latest is not None:
            _approve(latest, meeting)
        _write(meeting, quarter, people)
        latest = meeting
    if latest is not None and quarters[-1].outcome == OutcomeState.CIRCULATED:
        records.circulate(meeting=latest, seen_mark=mark_of(written_minutes(latest)), by=chair)
        Meeting.objects.filter(pk=latest.pk).update(circulated_at=_ended(latest) + timedelta(days=3))
        _report_back(latest)
    _prepare(group, to_come, people)


def _middle_of_quarter(day: date, back: int) -> date:
    """The second month of the quarter that lies `back` quarters before that of the day."""
    count = day.year * 4 + quarter_of(day) - 1 - back
    return _weekday(date(count // 4, count % 4 * 3 + 2, 12))


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def _at(group: Group, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=group.zone)


def _past(group: Group, quarter: Quarter, day: date) -> Meeting:
    happens = quarter.state != MeetingState.NOT_NEEDED
    begins, ends = _at(group, day, 14), _at(group, day, 16)
    return Meeting.objects.create(
        group=group, year=day.year, quarter=quarter_of(day), time_zone=group.time_zone, mode=Mode.ONLINE,
        state=quarter.state, state_reason=quarter.reason, state_reason_language=quarter.language,
        starts_at=begins if happens else None, ends_at=ends if happens else None,
        created_at=begins - timedelta(days=60), invited_at=begins - timedelta(days=28) if happens else None,
    )  # fmt: skip


def _write(meeting: Meeting, quarter: Quarter, people: PEOPLE) -> None:
    absent = {people[account].pk for account in quarter.absent if account in people}
    for line in lines_of(meeting):
        line.row.presence = Presence.ABSENT if line.person.pk in absent else Presence.ONLINE
        line.row.save()
    if quarter.guest:
        name, organization = quarter.guest
        Attendance.objects.create(
            meeting=meeting, name=name, organization_name=organization, presence=Presence.ONLINE
        )
    for position, text in enumerate(quarter.items, start=1):
        item = AgendaItem.objects.create(
            meeting=meeting, position=position, note=text.note, note_language=quarter.language, state=text.state,
            visibility=text.visibility, **_item_values(text, quarter.language, people),
        )  # fmt: skip
        _write_outcomes(item, text, quarter.language, people)
    Meeting.objects.filter(pk=meeting.pk).update(outcome_state=OutcomeState.DRAFT)
    meeting.refresh_from_db()


def _item_values(text: Item, language: str, people: PEOPLE) -> dict:
    return {
        "title": text.title, "language": language, "purpose": text.purpose, "minutes": text.minutes,
        "presenter": people.get(text.presenter),
    }  # fmt: skip


def _write_outcomes(item: AgendaItem, text: Item, language: str, people: PEOPLE) -> None:
    meeting, decision = item.meeting, None
    day = timezone.localtime(meeting.starts_at, meeting.zone).date()
    for ruling in text.rulings:
        decision = Decision.objects.create(
            group=meeting.group, meeting=meeting, item=item, year=meeting.year, decided_on=day, language=language,
            number=next_number(Decision, group=meeting.group, year=meeting.year), kind=ruling.kind,
            text=ruling.text, rationale=ruling.rationale, dissent=ruling.dissent,
        )  # fmt: skip
    for promise in text.promises:
        due = (timezone.localdate() if promise.is_open else day) + timedelta(days=promise.days)
        ActionItem.objects.create(
            group=meeting.group, meeting=meeting, item=item, decision=decision, year=meeting.year,
            number=next_number(ActionItem, group=meeting.group, year=meeting.year), text=promise.text,
            language=language, follower=people.get(promise.account, people["cochair"]), due=due, first_due=due,
            created_at=meeting.ends_at, visibility=item.visibility, **_closing(promise, meeting),
        )  # fmt: skip


def _ended(meeting: Meeting) -> datetime:
    assert meeting.ends_at is not None  # the one that was not needed has no promises
    return meeting.ends_at


def _closing(promise: Promise, meeting: Meeting) -> dict:
    if not promise.done:
        return {}
    closed_at = _ended(meeting) + timedelta(days=promise.days - 5)
    return {"state": ActionState.DONE, "closed_at": closed_at, "closing_note": promise.done}


def _approve(meeting: Meeting, by_meeting: Meeting) -> None:
    """As the action leaves it, on the day of the meeting that approved."""
    Meeting.objects.filter(pk=meeting.pk).update(
        frozen=written_minutes(meeting), outcome_state=OutcomeState.APPROVED, approved_by=by_meeting,
        circulated_at=_ended(meeting) + timedelta(days=3), approved_at=by_meeting.starts_at,
    )  # fmt: skip


def _report_back(meeting: Meeting) -> None:
    first = meeting.report_backs.order_by("pk").first()
    if first is not None:
        first.reported_at = _ended(meeting) + timedelta(days=10)
        first.save(update_fields=["reported_at"])


def _prepare(group: Group, day: date, people: PEOPLE) -> None:
    chair = people["cochair"]
    with translation.override("en"):
        meeting = meetings.schedule_meeting(
            group=group, starts_at=_at(group, day, 14), ends_at=_at(group, day, 16), mode=Mode.ONLINE, place="",
            join_link=LINK, by=chair,
        )  # fmt: skip
        for text in TO_COME[group.slug]:
            item = agenda.add_item(meeting=meeting, by=chair, **_item_values(text, "en", people))
            if text.purpose == Purpose.DECIDE:
                item.papers.set(group.documents.current().order_by("number")[:2])
    for idea in IDEAS[group.slug]:
        if idea.account in people:
            _propose(group, meeting, idea, people[idea.account], chair)
    invitations.invite_roster(meeting=meeting, by=chair)  # last, so that nothing is untold
    answering = [line.person for line in lines_of(meeting) if line.person.pk != chair.pk]
    for person, answer in zip(answering, ANSWERS, strict=False):
        invitations.answer_invitation(meeting=meeting, answer=answer, by=person)


def _propose(group: Group, meeting: Meeting, idea: Idea, proposer: Person, chair: Person) -> None:
    proposal = proposals.propose_item(
        group=group, title=idea.title, text=idea.text, purpose=Purpose.DISCUSS,
        language="fr" if idea.account == "erable" else "en", by=proposer,
    )  # fmt: skip
    if idea.fate == ProposalState.ON_AGENDA:
        proposals.put_on_agenda(proposal=proposal, meeting=meeting, by=chair)
    elif idea.fate:
        proposals.decide_otherwise(proposal=proposal, state=idea.fate, reason=idea.reason, by=chair)
