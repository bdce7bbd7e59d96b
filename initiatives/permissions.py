"""Who may do what with initiatives, comments and reports. Asked only through user.has_perm."""

from __future__ import annotations

import rules

from members.permissions import member, staff


@rules.predicate
def is_author(user, initiative) -> bool:
    return (
        initiative is not None
        and initiative.author_id is not None
        and initiative.author_id == _person_id(user)
    )


@rules.predicate
def is_imported(user, initiative) -> bool:
    return initiative is not None and initiative.is_imported


def _person_id(user) -> int | None:
    person = getattr(user, "person", None)
    return person.pk if person else None


rules.add_perm("initiatives.post_initiative", member)
rules.add_perm("initiatives.edit_initiative", (member & is_author) | (staff & is_imported))
rules.add_perm("initiatives.see_whole_story", is_author | staff)  # authors who are no members any more too
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


# Comments and reports


@rules.predicate
def is_comment_author(user, comment) -> bool:
    return comment is not None and comment.author_id == _person_id(user)


# Whether it is possible at this moment (shown, published) is asked of the models, and again by the actions
rules.add_perm("initiatives.view_comment", member | staff)
rules.add_perm("initiatives.post_comment", member)
rules.add_perm("initiatives.reply_comment", member | staff)  # staff answer for imported initiatives
rules.add_perm("initiatives.edit_comment", (member | staff) & is_comment_author)
rules.add_perm("initiatives.remove_comment", (member | staff) & is_comment_author)
rules.add_perm("initiatives.hide_comment", staff)
rules.add_perm("initiatives.make_report", member)  # staff act instead
rules.add_perm("initiatives.report_comment", member & ~is_comment_author)
rules.add_perm("initiatives.report_initiative", member & ~is_author)
rules.add_perm("initiatives.view_report", staff)
rules.add_perm("initiatives.decide_report", staff)
