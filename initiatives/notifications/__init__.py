"""Who is told about initiatives, comments and reports, and in which words."""

from initiatives.notifications import comments, postings
from initiatives.notifications.comments import (
    author_letter,
    comment_hidden,
    comment_posted,
    comment_replied,
    comment_restored,
    report_outcome_author,
    report_outcome_reporter,
    reporter_letter,
)
from initiatives.notifications.postings import (
    initiative_hidden,
    initiative_published,
    initiative_restored,
    initiative_returned,
    initiative_submitted,
)

__all__ = [
    "author_letter",
    "comment_hidden",
    "comment_posted",
    "comment_replied",
    "comment_restored",
    "initiative_hidden",
    "initiative_published",
    "initiative_restored",
    "initiative_returned",
    "initiative_submitted",
    "register",
    "report_outcome_author",
    "report_outcome_reporter",
    "reporter_letter",
]


def register() -> None:
    """Give the ledger a renderer for each letter of this app."""
    postings.register()
    comments.register()
