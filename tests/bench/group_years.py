"""Years of fourteen work groups, made in bulk: four meetings a year, twenty people, eight items with what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from iqn.history.models import Event
from members.models import Person
from tests.factories.members import make_person
from tests.factories.workgroups import GroupFactory, SeatFactory
from workgroups.groups.models import Group, Term
from workgroups.meetings.choices import ActionState, ItemState, OutcomeState
from workgroups.meetings.models import ActionItem, AgendaItem, Attendance, Decision, Meeting

GROUPS, MEETINGS, PEOPLE, ITEMS, ACTIONS = 14, 4, 20, 8, 2
OPEN = 3  # actions of the last meeting that are still open
NOTE = "The members spoke about the bridging course, its seats and who pays for it. " * 6


@dataclass
class Years:
    groups: list[Group]
    people: list[list[Person]]  # of each group; the first of the first group has an account
    last: datetime

    @property
    def reader(self) -> Person:
        return self.people[0][0]

    @property
    def last_meeting(self) -> Meeting:
        return self.groups[0].meetings.order_by("-starts_at").first()


def make_groups(last: datetime) -> Years:
    """The tables; `last` is when the last meeting of each is held."""
    from members.choices import MembershipState

    groups, people = [], []
    for n in range(GROUPS):
        group = GroupFactory(code=f"Y{n:02d}", slug=f"years-{n}", name_en=f"Years {n}", name_fr=f"Années {n}")
        seats = [SeatFactory(group=group) for _ in range(PEOPLE)]
        seated = [Person(name=f"Person {n} {k}", sort_name=f"person {n} {k}") for k in range(PEOPLE)]
        Person.objects.bulk_create(seated)
        if n == 0:
            seated[0] = make_person("Rita Reader", MembershipState.APPROVED)
        Term.objects.bulk_create(
            Term(seat=seat, person=person, role="co_chair" if k < 2 else "member", since=date(2010, 1, 1))
            for k, (seat, person) in enumerate(zip(seats, seated, strict=True))
        )
        groups.append(group)
        people.append(seated)
    return Years(groups, people, last)


def add_years(years: Years, *, since: int, until: int) -> None:
    """The meetings that lie so many years before the last one."""
    for group, people in zip(years.groups, years.people, strict=True):
        _add_to(group, people, years.last, since * MEETINGS, until * MEETINGS)


def _add_to(group: Group, people: list[Person], last: datetime, since: int, until: int) -> None:
    meetings = [_meeting(group, last - timedelta(weeks=13 * n), n) for n in range(since, until)]
    Meeting.objects.bulk_create(meetings)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting, position=k + 1, title=f"Item {k}", note=NOTE, state=ItemState.DONE,
            visibility=("public", "members", "roster")[k % 3],
        )
        for meeting in meetings
        for k in range(ITEMS)
    )  # fmt: skip
    decisions = Decision.objects.bulk_create(
        Decision(
            group=group, meeting=item.meeting, item=item, year=item.meeting.year, text="It begins in spring.",
            number=10 * item.position + item.meeting.quarter + 100 * item.meeting.sequence,
            decided_on=item.meeting.starts_at.date(), visibility=item.visibility,
        )
        for item in items
    )  # fmt: skip
    actions = ActionItem.objects.bulk_create(
        _action(group, item, k, people, is_open=item.meeting == meetings[0] and since == 0)
        for item in items
        for k in range(ACTIONS)
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=person, name=person.name, presence="online", role="member")
        for meeting in meetings
        for person in people
    )
    _events(group, meetings, decisions, actions)


def _meeting(group: Group, starts_at: datetime, n: int) -> Meeting:
    return Meeting(
        group=group, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), year=starts_at.year,
        quarter=(starts_at.month - 1) // 3 + 1, sequence=n % 80 + 1, outcome_state=OutcomeState.CIRCULATED,
        circulated_at=starts_at + timedelta(days=2),
    )  # fmt: skip


def _action(group: Group, item: AgendaItem, k: int, people: list[Person], *, is_open: bool) -> ActionItem:
    due = item.meeting.starts_at.date() + timedelta(days=60)
    state = ActionState.OPEN if is_open and item.position <= OPEN else ActionState.DONE
    closed = None if state == ActionState.OPEN else item.meeting.starts_at + timedelta(days=50)
    return ActionItem(
        group=group, meeting=item.meeting, item=item, year=item.meeting.year, text="Ask the regulator.", due=due,
        first_due=due, number=10 * (2 * item.position + k) + item.meeting.quarter + 200 * item.meeting.sequence,
        follower=people[(item.position + k) % 4], state=state, closed_at=closed, visibility=item.visibility,
    )  # fmt: skip


def _events(group: Group, *kinds) -> None:
    rows = []
    for targets in kinds:
        kind = ContentType.objects.get_for_model(targets[0])
        for target in targets:
            at = getattr(target, "starts_at", None) or target.meeting.starts_at
            rows.append(
                Event(
                    at=at, verb="meetings.outcomes_circulated", target_kind=kind, target_id=target.pk,
                    sentence_en=f"{target} was recorded.", sentence_fr=f"{target} : consigné.",
                )
            )  # fmt: skip
    Event.objects.bulk_create(rows)


def noon(days_ago: int, now: datetime) -> datetime:
    return (
        (now - timedelta(days=days_ago)).astimezone(UTC).replace(hour=16, minute=0, second=0, microsecond=0)
    )
