"""Who may do what with initiatives, comments and reports. Asked only through user.has_perm."""

# --- Comments and reports ---

import rules  # noqa: E402

from members.permissions import member, staff  # noqa: E402


def _wrote(user, post) -> bool:
    """Did this reader write it? Imported initiatives have no author, and some accounts no person."""
    person = getattr(user, "person", None)
    return person is not None and post is not None and post.author_id == person.pk


@rules.predicate
def is_comment_author(user, comment) -> bool:
    return _wrote(user, comment)


@rules.predicate
def is_author_of_reported(user, initiative) -> bool:
    return _wrote(user, initiative)


# Whether it is possible at this moment (shown, published) is asked of the models, and again by the actions
rules.add_perm("initiatives.view_comment", member | staff)
rules.add_perm("initiatives.post_comment", member)
rules.add_perm("initiatives.reply_comment", member | staff)  # staff answer for imported initiatives
rules.add_perm("initiatives.edit_comment", (member | staff) & is_comment_author)
rules.add_perm("initiatives.remove_comment", (member | staff) & is_comment_author)
rules.add_perm("initiatives.hide_comment", staff)
rules.add_perm("initiatives.make_report", member)  # staff act instead
rules.add_perm("initiatives.report_comment", member & ~is_comment_author)
rules.add_perm("initiatives.report_initiative", member & ~is_author_of_reported)
rules.add_perm("initiatives.view_report", staff)
rules.add_perm("initiatives.decide_report", staff)
