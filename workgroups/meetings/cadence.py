"""The cadence board: of every group and quarter, whether it met, and how well it keeps its word. All of it is computed.

A quarter is that of the number of its meeting, also where the meeting was moved out of it. One in which no meeting was
needed, with its reason, is as good as one that was held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workgroups.groups.choices import RUNNING_ROLES, GroupStatus
from workgroups.groups.models import Group, Seat, Term
from workgroups.meetings.choices import ActionState, MeetingState, OutcomeState, QuarterState
from workgroups.meetings.models import ActionItem, Meeting, ReportBack
from workgroups.meetings.models.meeting import quarter_of

LAST_QUARTERS = 8
OUTCOMES_WITHIN = timedelta(days=10)  # a meeting of last week is not late because nobody wrote it up yet


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @classmethod
    def of_count(cls, count: int) -> Quarter:
        return cls(count // 4, count % 4 + 1)

    @classmethod
    def of_day(cls, day: date) -> Quarter:
        return cls(day.year, quarter_of(day))

    @property
    def count(self) -> int:
        """Quarters since the year 0."""
        return self.year * 4 + self.number - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def day_after(self) -> date:
        return Quarter.of_count(self.count + 1).first_day


@dataclass(frozen=True)
class Cell:
    state: QuarterState
    note: str = ""  # what is missing
    reason: str = ""
    language: str = ""  # of the reason
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of it in one line."""
        told = self.note or self.reason
        colon = pgettext("before a value", ":")
        return f"{self.state.label}{colon} {told}" if told else str(self.state.label)


@dataclass
class Figures:
    """How a group keeps its word, over the quarters shown; seats are those of today."""

    lags: list[int] = field(default_factory=list)
    due: int = 0
    on_time: int = 0
    asked: int = 0
    reported: int = 0
    seats: int = 0
    empty: int = 0

    @property
    def median_days(self) -> float | None:
        return median(self.lags) if self.lags else None


@dataclass(frozen=True)
class Line:
    group: Group
    is_own: bool
    cells: list[Cell]
    figures: Figures


@dataclass(frozen=True)
class Board:
    quarters: list[Quarter]
    lines: list[Line]


def last_quarters(today: date) -> list[Quarter]:
    last = Quarter.of_day(today).count
    return [Quarter.of_count(count) for count in range(last - LAST_QUARTERS + 1, last + 1)]


def quarters_of(first_year: int, last_year: int) -> list[Quarter]:
    return [Quarter(year, number) for year in range(first_year, last_year + 1) for number in (1, 2, 3, 4)]


def board(quarters: list[Quarter], user) -> Board:
    """Seven queries, whatever the number of groups and quarters. Groups that one runs stand first."""
    groups = list(Group.objects.visible_to(user).order_by("-kind", "order", "slug"))
    own = _run_by(user)
    span = _Span(quarters, groups, user)
    lines = [
        Line(group, group.pk in own, [span.cell(group, quarter) for quarter in quarters], span.figures[group.pk])
        for group in groups
        if not group.is_concluded or span.has_met(group)
    ]  # fmt: skip
    return Board(quarters, sorted(lines, key=lambda line: not line.is_own))


def _run_by(user) -> set[int]:
    person = getattr(user, "person", None)
    if person is None:
        return set()
    return set(Group.objects.of_person(person, roles=RUNNING_ROLES).values_list("pk", flat=True))


class _Span:
    """The rows of all groups over some quarters."""

    def __init__(self, quarters: list[Quarter], groups: Iterable[Group], user) -> None:
        self.now, self.today = timezone.now(), timezone.localdate()
        self.first, self.last = quarters[0], quarters[-1]
        self.user = user
        self.figures = {group.pk: Figures() for group in groups}
        self._count_actions()
        self._count_reports()
        self._count_seats()
        for found in self.meetings.values():
            for meeting in found:
                self._measure(meeting)

    def has_met(self, group: Group) -> bool:
        return any(pk == group.pk for pk, _quarter in self.meetings)

    def cell(self, group: Group, quarter: Quarter) -> Cell:
        found = self.meetings.get((group.pk, quarter), [])
        judged = sorted((self._of_meeting(meeting) for meeting in found), key=lambda cell: RANK[cell.state])
        if judged:
            best = judged[0]
            return Cell(best.state, best.note, best.reason, best.language, found)
        first = self.first_meetings.get(group.pk)
        if not is_expected(group, quarter) or (first is not None and quarter.count < first):
            return Cell(QuarterState.RESTING)
        if quarter.day_after > self.today:
            return Cell(QuarterState.NOTHING)
        if first is None:
            return Cell(QuarterState.UNKNOWN)
        return Cell(QuarterState.LATE, _("no meeting and no reason"))

    def _of_meeting(self, meeting: Meeting) -> Cell:
        if meeting.state != MeetingState.PLANNED:
            passed = meeting.state == MeetingState.NOT_NEEDED
            state = QuarterState.EXCUSED if passed else QuarterState.CANCELLED
            return Cell(state, reason=meeting.state_reason, language=meeting.state_reason_language)
        if not meeting.is_over:
            return Cell(QuarterState.SCHEDULED)
        if meeting.outcome_state != OutcomeState.NONE:
            return Cell(QuarterState.HELD)
        if meeting.ends_at is not None and meeting.ends_at > self.now - OUTCOMES_WITHIN:
            return Cell(QuarterState.HELD, _("outcomes to come"))
        return Cell(QuarterState.LATE, _("outcomes not recorded"))

    @cached_property
    def meetings(self) -> dict[tuple[int, Quarter], list[Meeting]]:
        found: dict[tuple[int, Quarter], list[Meeting]] = {}
        rows = Meeting.objects.visible_to(self.user).filter(self._within()).defer("frozen", "told")
        for meeting in rows.select_related("group").order_by("sequence"):
            found.setdefault((meeting.group_id, Quarter(meeting.year, meeting.quarter)), []).append(meeting)
        return found

    @cached_property
    def first_meetings(self) -> dict[int, int]:
        """Of each group, the quarter of the first meeting that the portal knows of: what came before it cannot judge."""
        rows = Meeting.objects.visible_to(self.user).order_by().values_list("group_id")
        return dict(rows.annotate(first=Min(F("year") * 4 + F("quarter") - 1)))

    def _within(self, path: str = "") -> Q:
        year, number = f"{path}year", f"{path}quarter"
        after = Q(**{f"{year}__gt": self.first.year}) | Q(
            **{year: self.first.year, f"{number}__gte": self.first.number}
        )
        before = Q(**{f"{year}__lt": self.last.year}) | Q(
            **{year: self.last.year, f"{number}__lte": self.last.number}
        )
        return after & before

    def _measure(self, meeting: Meeting) -> None:
        """Days by the calendar, from the meeting to the letter with its outcomes."""
        if meeting.circulated_at is None or meeting.ends_at is None:
            return
        sent, ended = (
            timezone.localtime(moment, meeting.zone).date()
            for moment in (meeting.circulated_at, meeting.ends_at)
        )
        self.figures[meeting.group_id].lags.append((sent - ended).days)

    def _count_actions(self) -> None:
        """Of those that fell due: a date that was postponed counts as it is now, what was dropped does not count."""
        fell_due = Q(due__lt=self.today) | Q(state=ActionState.DONE)
        rows = (
            ActionItem.objects.filter(fell_due, due__gte=self.first.first_day, due__lt=self.last.day_after)
            .exclude(state=ActionState.DROPPED)
            .order_by()
            .values_list("group_id")
        )
        on_time = Count("pk", filter=Q(state=ActionState.DONE, closed_at__date__lte=F("due")))
        for pk, due, done in rows.annotate(counted=Count("pk"), on_time=on_time):
            self.figures[pk].due, self.figures[pk].on_time = due, done

    def _count_reports(self) -> None:
        rows = ReportBack.objects.filter(self._within("meeting__")).order_by().values_list("meeting__group")
        reported = Count("pk", filter=Q(reported_at__isnull=False))
        for pk, asked, done in rows.annotate(counted=Count("pk"), reported=reported):
            self.figures[pk].asked, self.figures[pk].reported = asked, done

    def _count_seats(self) -> None:
        for pk, seats, empty in seats_of(self.figures):
            self.figures[pk].seats, self.figures[pk].empty = seats, empty


def seats_of(groups: Iterable[int]) -> list[tuple[int, int, int]]:
    """Of each group that has seats of its own: how many there are today, and how many nobody holds."""
    held = Exists(Term.objects.current().filter(seat=OuterRef("pk")))
    rows = Seat.objects.current().filter(group__in=list(groups)).order_by().values_list("group_id")
    return list(rows.annotate(counted=Count("pk"), empty=Count("pk", filter=~held)))


# Of several meetings in a quarter the first of these says how it stands
RANK = {
    state: number
    for number, state in enumerate(
        (QuarterState.HELD, QuarterState.LATE, QuarterState.SCHEDULED, QuarterState.EXCUSED, QuarterState.CANCELLED)
    )
}  # fmt: skip


def is_expected(group: Group, quarter: Quarter) -> bool:
    """A group meets every quarter from the one after it began until it rests."""
    began = group.status_since if group.status == GroupStatus.FORMING else ""
    starts = max(_begins(group.founded), _begins(began))
    if quarter.first_day < starts:
        return False
    return group.is_expected_to_meet or quarter.day_after <= _begins(group.status_since)


def _begins(value: str) -> date:
    """The first day of a date that may lack its month or day; before all time where nothing is known."""
    if not value:
        return date.min
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return date(year, month, day)
