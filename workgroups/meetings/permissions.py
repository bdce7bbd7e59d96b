"""Who may do what with meetings and their outcomes. Asked only through user.has_perm."""

from __future__ import annotations

import rules

from members.permissions import member, staff
from workgroups.groups.permissions import group_of, is_on_roster, is_open, roster, running


@rules.predicate
def is_council(user, target) -> bool:
    group = group_of(target)
    return group is not None and group.is_council


@rules.predicate
def follows_up(user, action) -> bool:
    person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
    return action is not None and person is not None and action.follower_id == person.pk


rules.add_perm("meetings.view_agenda", member | roster)  # what will be spoken of
rules.add_perm("meetings.view_join_link", roster)
rules.add_perm("meetings.view_attendance", roster)
rules.add_perm("meetings.prepare_meeting", running)
rules.add_perm("meetings.record_meeting", running)
rules.add_perm("meetings.import_past", staff & is_open)
rules.add_perm("meetings.hand_over_action", running)
rules.add_perm("meetings.answer_invitation", is_on_roster)
rules.add_perm("meetings.claim_attendance", is_on_roster)
rules.add_perm("meetings.propose_item", (is_on_roster | (member & is_council)) & is_open)
rules.add_perm("meetings.decide_proposal", running)
rules.add_perm("meetings.view_cadence", member | staff)
rules.add_perm("meetings.update_action", (follows_up | running) & is_open)
# As the admin asks
for noun in ("meeting", "decision", "actionitem", "proposal"):
    rules.add_perm(f"meetings.view_{noun}", staff)
