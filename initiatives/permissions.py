"""Who may do what with initiatives, comments and reports. Asked only through user.has_perm."""

from __future__ import annotations

import rules

from iqn.access import is_member, is_staff

member = rules.predicate(is_member, name="initiatives.is_member")
staff = rules.predicate(is_staff, name="initiatives.is_staff")


@rules.predicate
def is_author(user, initiative) -> bool:
    return initiative is not None and initiative.author_id is not None and initiative.author_id == _person_id(user)


@rules.predicate
def is_imported(user, initiative) -> bool:
    return initiative is not None and initiative.is_imported


def _person_id(user) -> int | None:
    person = getattr(user, "person", None)
    return person.pk if person else None


rules.add_perm("initiatives.post_initiative", member)
rules.add_perm("initiatives.edit_initiative", (member & is_author) | (staff & is_imported))
rules.add_perm("initiatives.submit_initiative", member & is_author)
rules.add_perm("initiatives.withdraw_initiative", member & is_author)
# Staff: the queue of first postings, tags and notes, and taking something out of sight
rules.add_perm("initiatives.review_initiative", staff)
rules.add_perm("initiatives.hide_initiative", staff)
rules.add_perm("initiatives.describe_initiative", staff)
rules.add_perm("initiatives.see_staff_notes", staff)
# As the admin asks
for verb in ("view", "change"):
    for noun in ("initiative", "returnreason"):
        rules.add_perm(f"initiatives.{verb}_{noun}", staff)
rules.add_perm("initiatives.add_returnreason", staff)
