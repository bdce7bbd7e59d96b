"""What somebody leaves open on a seat."""

from __future__ import annotations

from django.db.models import Q

from workgroups.groups.models import Term
from workgroups.meetings.models import ActionItem


def open_actions_of(term: Term, user) -> list[ActionItem]:
    """Those that the person follows up in this group, and those that stay with the seat."""
    own = Q(follower=term.person) | Q(seat=term.seat)
    rows = ActionItem.objects.visible_to(user).filter(own, group=term.seat.group).open()
    related = ("group", "follower", "seat__organization", "seat__stakeholder_type")
    return list(rows.select_related(*related).order_by("due", "pk"))
