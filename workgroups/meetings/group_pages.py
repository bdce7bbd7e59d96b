"""What the pages of a group show of its meetings: its home page, the page that hands a seat over, "Your groups"."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone

from workgroups.groups import home
from workgroups.groups.models import Group, Term
from workgroups.meetings.choices import ActionState, OutcomeState
from workgroups.meetings.forms.handover import HandOverForm
from workgroups.meetings.handover import open_actions_of
from workgroups.meetings.models import ActionItem, Decision, Meeting
from workgroups.meetings.times import when

SHOWN = 4
TOLD = (OutcomeState.CIRCULATED, OutcomeState.APPROVED)
UNTOLD = (OutcomeState.NONE, OutcomeState.DRAFT)


def register() -> None:
    home.register(standing)
    home.register_handover(handed_over)
    home.register_strips(strips)


def standing(group: Group, user) -> home.Section:
    """Next and last meeting, what was decided lately, and what is still to be done, as far as the reader may see it."""
    meetings = Meeting.objects.visible_to(user).filter(group=group).select_related("group")
    actions = ActionItem.objects.visible_to(user).filter(group=group).open().select_related("group")
    context = {
        "group": group,
        "next": _timed(meetings.upcoming().first()),
        "last": _timed(meetings.held().first()),
        "decisions": _latest_decisions(group, user),
        "actions": list(actions.order_by("due", "pk")[:SHOWN]),
    }
    return home.Section("meetings/_group_standing.html", context)


def handed_over(term: Term, user) -> home.Section | None:
    """What the next person on the seat finds. A seat for every work group has no one register to show."""
    group = term.seat.group
    if group is None:
        return None
    coming = Meeting.objects.visible_to(user).filter(group=group).upcoming().select_related("group").first()
    actions = open_actions_of(term, user)
    may_hand_over = bool(actions) and user.has_perm("meetings.hand_over_action", group)
    context = {
        "group": group,
        "term": term,
        "next": _timed(coming),
        "outcomes": _latest_outcomes(group, user),
        "decisions": _latest_decisions(group, user),
        "actions": actions,
        "form": HandOverForm(term=term, actions=actions) if may_hand_over else None,
    }
    return home.Section("meetings/_seat_handover.html", context)


def strips(groups: Iterable[Group], user) -> dict[int, home.Section]:
    """Of each group: when it meets next, and what waits for those who run it. Three queries for all of them."""
    groups = list(groups)
    meetings = Meeting.objects.visible_to(user).filter(group__in=groups).select_related("group")
    coming: dict[int, Meeting] = {}
    for meeting in meetings.upcoming().annotate(items_on_it=Count("items")):
        coming.setdefault(meeting.group_id, meeting)
    # Of each group its last one only; DISTINCT ON wants the group first
    latest = meetings.held().order_by("group_id", "-starts_at", "-pk").distinct("group_id")
    held = {meeting.group_id: meeting for meeting in latest}
    overdue = _overdue(groups, user)
    return {group.pk: _strip(group, user, coming, held, overdue) for group in groups}


def _strip(group: Group, user, coming: dict, held: dict, overdue: dict) -> home.Section:
    following, last = coming.get(group.pk), held.get(group.pk)
    may_prepare = user.has_perm("meetings.prepare_meeting", group)
    context = {
        "next": _timed(following),
        "may_schedule": may_prepare and following is None and group.is_expected_to_meet,
        "lacks_agenda": may_prepare and following is not None and not following.items_on_it,
        "untold": last if may_prepare and last is not None and last.outcome_state in UNTOLD else None,
        "overdue": overdue.get(group.pk, 0),
    }
    return home.Section("meetings/_group_strip.html", context)


def _overdue(groups: list[Group], user) -> dict[int, int]:
    rows = ActionItem.objects.visible_to(user).filter(
        group__in=groups, state=ActionState.OPEN, due__lt=timezone.localdate()
    )
    return dict(rows.order_by().values_list("group_id").annotate(Count("pk")))


def _latest_decisions(group: Group, user) -> list[Decision]:
    rows = Decision.objects.visible_to(user).filter(group=group).select_related("group")
    return list(rows.order_by("-decided_on", "-pk")[:SHOWN])


def _latest_outcomes(group: Group, user) -> list[Meeting]:
    """Of the meetings whose outcomes were told."""
    rows = Meeting.objects.visible_to(user).filter(group=group, outcome_state__in=TOLD).held()
    return list(rows.select_related("group")[:SHOWN])


def _timed(meeting: Meeting | None) -> dict | None:
    """A meeting with its hour in words."""
    if meeting is None:
        return None
    return {"meeting": meeting, "when": when(meeting.starts_at, meeting.ends_at, meeting.time_zone)}
