"""What the pages of a group show of its meetings: its home page, the page that hands a seat over, "Your groups"."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext

from workgroups.groups import home
from workgroups.groups.models import Group, Term
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.forms.handover import HandOverForm
from workgroups.meetings.handover import open_actions_of
from workgroups.meetings.models import ActionItem, Decision, Meeting
from workgroups.meetings.times import when

SHOWN = 4
TOLD = (OutcomeState.CIRCULATED, OutcomeState.APPROVED)


def register() -> None:
    home.register(standing)
    home.register_handover(handed_over)
    home.register_strips(strips)
    home.register_overview(cadence_of_all)


def standing(group: Group, user) -> home.Section:
    """Next and last meeting, what was decided lately, and what is still to be done, as far as the reader may see it."""
    meetings = Meeting.objects.visible_to(user).filter(group=group).select_related("group")
    actions = ActionItem.objects.visible_to(user).filter(group=group).open().select_related("group")
    context = {
        "group": group,
        "next": _timed(meetings.upcoming().first()),
        "last": _timed(meetings.held().first()),
        "may_see_attendance": user.has_perm("meetings.view_attendance", group),
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


def cadence_of_all(user) -> tuple[str, str] | None:
    if not user.has_perm("meetings.view_cadence"):
        return None
    return gettext("Cadence of the groups"), reverse("meetings:cadence")


def strips(groups: Iterable[Group], user) -> dict[int, home.Section]:
    """Of each group when it meets next: one query for all of them."""
    pks = [group.pk for group in groups]
    coming = Meeting.objects.visible_to(user).filter(group__in=pks).upcoming().select_related("group")
    first: dict[int, Meeting] = {}
    for meeting in coming.defer("frozen", "told"):
        first.setdefault(meeting.group_id, meeting)
    return {pk: home.Section("meetings/_group_strip.html", {"next": _timed(first.get(pk))}) for pk in pks}


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
