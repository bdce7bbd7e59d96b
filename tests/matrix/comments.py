"""Rows of comments and reports."""

from initiatives.choices import CommentKind, HideReason, ReportReason
from tests.matrix.rows import MEMBERS, SIGN_IN, Row, answers

# A section for members: strangers sign in, who is no member gets 403 whether or not the object exists
NOT_MEMBERS = {"anonymous": SIGN_IN, "applicant": 403, "declined": 403, "left": 403}
READ_ONLY = answers(405, anonymous=SIGN_IN)
UNKNOWN = answers(404, **NOT_MEMBERS)
DONE = answers(302, **NOT_MEMBERS)
STAFF_ONLY = answers(403, anonymous=SIGN_IN, staff=200)
STAFF_DONE = answers(403, anonymous=SIGN_IN, staff=302)


def only(role: str, status: int, default: int = 403) -> dict:
    return answers(default, **{**NOT_MEMBERS, role: status})


def of(name: str):
    """The address of a comment of the world."""
    return lambda world: {
        "identifier": getattr(world, name).initiative.identifier,
        "pk": getattr(world, name).pk,
    }


def of_initiative(name: str):
    return lambda world: {"identifier": getattr(world, name).identifier}


def unknown_comment(world) -> dict:
    """The number of a comment under the address of another initiative."""
    return {"identifier": world.others_initiative.identifier, "pk": world.comment.pk}


def comment_data(world) -> dict:
    return {"kind": CommentKind.WORKED, "text": "It worked for us.", "language": "en", "version": 1}


def reply_data(world) -> dict:
    return {"text": "Two years.", "language": "en", "version": 1}


def hide_data(world) -> dict:
    return {"reason": HideReason.OFF_SUBJECT}


def report_data(world) -> dict:
    return {"reason": ReportReason.CONDUCT, "text": "Read the second sentence."}


def row(verb: str, get, post=None, *, args, data=None, variant: str = "") -> Row:
    return Row(f"initiatives:{verb}", get, post, args, data or (lambda world: {}), variant=variant)


ROWS: list[Row] = [
    row("comment-detail", MEMBERS, READ_ONLY, args=of("comment")),
    row("comment-detail", MEMBERS, READ_ONLY, args=of("reply"), variant="reply"),
    row("comment-detail", MEMBERS, READ_ONLY, args=of("removed_comment"), variant="removed"),
    row("comment-detail", MEMBERS, READ_ONLY, args=of("hidden_comment"), variant="hidden"),
    row("comment-detail", MEMBERS, READ_ONLY, args=of("members_comment"), variant="on members-only"),
    row("comment-detail", UNKNOWN, READ_ONLY, args=unknown_comment, variant="unknown"),
    row(
        "comment-detail", answers(404, **{**NOT_MEMBERS, "author": 200, "staff": 200}), READ_ONLY,
        args=of("withdrawn_comment"), variant="on withdrawn",
    ),
    # Members write a comment
    row(
        "comment-create", only("staff", 403, 200), only("staff", 403, 302), args=of_initiative("initiative"),
        data=comment_data,
    ),
    row(
        "comment-create", only("staff", 403, 200), only("staff", 403, 200), args=of_initiative("initiative"),
        variant="with errors",
    ),
    row(
        "comment-create", only("staff", 403, 200), only("staff", 403, 302), args=of_initiative("members_only"),
        data=comment_data, variant="on members-only",
    ),
    row(
        "comment-create", answers(404, **{**NOT_MEMBERS, "author": 302, "staff": 403}),
        answers(404, **{**NOT_MEMBERS, "author": 302, "staff": 403}), args=of_initiative("withdrawn"),
        data=comment_data, variant="on withdrawn",
    ),
    # Members and staff answer
    row("comment-reply", MEMBERS, DONE, args=of("comment"), data=reply_data),
    row("comment-reply", MEMBERS, DONE, args=of("reply"), data=reply_data, variant="to a reply"),
    row("comment-reply", DONE, DONE, args=of("removed_comment"), data=reply_data, variant="to removed"),
    row("comment-reply", UNKNOWN, UNKNOWN, args=unknown_comment, data=reply_data, variant="unknown"),
    # Editing and removing: one's own
    row("comment-edit", only("member", 200), only("member", 302), args=of("comment"), data=comment_data),
    row("comment-edit", only("author", 200), only("author", 302), args=of("reply"), data=reply_data, variant="reply"),
    row(
        "comment-edit", only("member", 302), only("member", 302), args=of("removed_comment"), data=comment_data,
        variant="removed",
    ),
    row("comment-edit", UNKNOWN, UNKNOWN, args=unknown_comment, data=comment_data, variant="unknown"),
    row("comment-remove", only("member", 200), only("member", 302), args=of("comment")),
    row("comment-remove", only("author", 200), only("author", 302), args=of("reply"), variant="reply"),
    row("comment-remove", only("member", 302), only("member", 302), args=of("removed_comment"), variant="removed"),
    row("comment-remove", UNKNOWN, UNKNOWN, args=unknown_comment, variant="unknown"),
    # Hiding and showing again: staff
    row("comment-hide", STAFF_ONLY, STAFF_DONE, args=of("comment"), data=hide_data),
    row("comment-hide", STAFF_ONLY, STAFF_DONE, args=of("hidden_comment"), variant="hidden"),
    row("comment-hide", STAFF_DONE, STAFF_DONE, args=of("removed_comment"), data=hide_data, variant="removed"),
    row("comment-hide", UNKNOWN, UNKNOWN, args=unknown_comment, data=hide_data, variant="unknown"),
    # Members report what others wrote; staff act instead
    row(
        "comment-report", answers(200, **NOT_MEMBERS, member=403, staff=403),
        answers(302, **NOT_MEMBERS, member=403, staff=403), args=of("comment"), data=report_data,
    ),
    row(
        "comment-report", answers(302, **NOT_MEMBERS, member=403, staff=403),
        answers(302, **NOT_MEMBERS, member=403, staff=403), args=of("removed_comment"), data=report_data,
        variant="removed",
    ),
    row("comment-report", UNKNOWN, UNKNOWN, args=unknown_comment, data=report_data, variant="unknown"),
    row(
        "report", answers(200, **NOT_MEMBERS, author=403, staff=403),
        answers(302, **NOT_MEMBERS, author=403, staff=403), args=of_initiative("initiative"), data=report_data,
    ),
    row(
        "report", answers(404, **{**NOT_MEMBERS, "author": 403, "staff": 403}),
        answers(404, **{**NOT_MEMBERS, "author": 403, "staff": 403}), args=of_initiative("withdrawn"),
        data=report_data, variant="on withdrawn",
    ),
]  # fmt: skip
