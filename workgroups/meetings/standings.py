"""How groups stand today, many at once, and the one thing that each wants most from those who run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from workgroups.groups.choices import RUNNING_ROLES
from workgroups.groups.models import Group
from workgroups.groups.permissions import roles_today
from workgroups.meetings.cadence import seats_of
from workgroups.meetings.choices import ActionState, OutcomeState
from workgroups.meetings.models import ActionItem, Meeting
from workgroups.meetings.rosters_of_day import day_of

UNTOLD = (OutcomeState.NONE, OutcomeState.DRAFT)
AGENDA_PRESSES = timedelta(days=10)


class Urgency(IntEnum):
    """The most urgent first."""

    OUTCOMES = 1
    AGENDA_SOON = 2
    OVERDUE = 3
    NO_MEETING = 4
    AGENDA = 5
    SEATS = 6
    NOTHING = 7


@dataclass
class Standing:
    group: Group
    next: Meeting | None = None
    last: Meeting | None = None
    items: int = 0  # on the agenda of the next
    overdue: int = 0
    empty_seats: int = 0

    @property
    def lacks_agenda(self) -> bool:
        return self.next is not None and not self.items

    @property
    def untold(self) -> Meeting | None:
        """The last meeting, where its outcomes are not circulated yet."""
        return self.last if self.last is not None and self.last.outcome_state in UNTOLD else None

    @property
    def wants_meeting(self) -> bool:
        return self.next is None and self.group.is_expected_to_meet

    @property
    def next_day(self) -> date | None:
        return day_of(self.next) if self.next is not None else None

    @property
    def days_ahead(self) -> int:
        """By the calendar of the place; none while it is going on."""
        if self.next is None:
            return 0
        return max((day_of(self.next) - timezone.localtime(timezone.now(), self.next.zone).date()).days, 0)

    @property
    def urgency(self) -> Urgency:
        begins = self.next.starts_at if self.next is not None else None
        presses = begins is not None and begins < timezone.now() + AGENDA_PRESSES
        causes = {
            Urgency.OUTCOMES: self.untold is not None,
            Urgency.AGENDA_SOON: self.lacks_agenda and presses,
            Urgency.OVERDUE: bool(self.overdue),
            Urgency.NO_MEETING: self.wants_meeting,
            Urgency.AGENDA: self.lacks_agenda,
            Urgency.SEATS: bool(self.empty_seats),
        }
        return next((urgency for urgency, stands in causes.items() if stands), Urgency.NOTHING)

    @property
    def button(self) -> tuple[str, str]:
        """What to press, and where it leads."""
        slug = self.group.slug
        match self.urgency:
            case Urgency.OUTCOMES:
                return gettext("Record the outcomes"), _address("outcome-record", self.untold)
            case Urgency.AGENDA_SOON | Urgency.AGENDA:
                return gettext("Prepare the agenda"), _address("agenda", self.next)
            case Urgency.OVERDUE:
                address = reverse("meetings:action-list", args=[slug])
                return gettext("See the overdue actions"), f"{address}?state=overdue"
            case Urgency.NO_MEETING:
                return gettext("Schedule a meeting"), reverse("meetings:schedule", args=[slug])
            case Urgency.SEATS:
                return gettext("Fill the seats"), reverse("groups:roster", args=[slug])
        if self.next is not None:
            return gettext("See the meeting"), self.next.get_absolute_url()
        return pgettext("button", "See the group"), self.group.get_absolute_url()

    @property
    def place(self) -> tuple[int, datetime, int]:
        """Among the groups that somebody runs: what presses most, and of that what has waited longest or comes first."""
        moment = self.last.starts_at if self.untold is not None and self.last else None
        moment = moment or (self.next.starts_at if self.next is not None else None)
        return self.urgency, moment or timezone.now(), self.group.order


def _address(name: str, meeting: Meeting | None) -> str:
    assert meeting is not None  # or it would not be what presses
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.identifier])


def standings_of(groups: Iterable[Group], user) -> dict[int, Standing]:
    """Four queries, for any number of groups."""
    found = {group.pk: Standing(group) for group in groups}
    meetings = Meeting.objects.visible_to(user).filter(group__in=list(found)).select_related("group")
    meetings = meetings.defer("frozen", "told")
    for meeting in meetings.upcoming().annotate(items_on_it=Count("items")):
        standing = found[meeting.group_id]
        if standing.next is None:
            standing.next, standing.items = meeting, meeting.items_on_it
    # Of each group its last one only; DISTINCT ON wants the group first
    for meeting in meetings.held().order_by("group_id", "-starts_at", "-pk").distinct("group_id"):
        found[meeting.group_id].last = meeting
    for pk, count in _overdue(found, user):
        found[pk].overdue = count
    for pk, _seats, empty in seats_of(found):
        found[pk].empty_seats = empty
    return found


def _overdue(groups: Iterable[int], user) -> Iterable[tuple[int, int]]:
    rows = ActionItem.objects.visible_to(user).filter(
        group__in=list(groups), state=ActionState.OPEN, due__lt=timezone.localdate()
    )
    return rows.order_by().values_list("group_id").annotate(count=Count("pk"))


def run_by(groups: Iterable[Group], user) -> list[Standing]:
    """Of these groups those that the reader runs and that have not concluded, in the order in which they press."""
    run = [
        group for group in groups if not group.is_concluded and roles_today(user, group) & set(RUNNING_ROLES)
    ]
    return sorted(standings_of(run, user).values(), key=lambda each: each.place) if run else []
