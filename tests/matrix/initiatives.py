"""Rows of this app."""

from types import SimpleNamespace
from typing import Any

from tests.matrix.rows import EVERYONE, MEMBERS, SIGN_IN, Answers, Row, answers

# Own work: strangers are sent to sign-in, others do not learn that it exists
AUTHOR_ONLY = answers(404, anonymous=SIGN_IN, author=200)
DONE = 302


def changed(get: Answers, **exceptions: Any) -> Answers:
    return {**get, **exceptions}


def of(name: str):
    return lambda world: {"identifier": getattr(world, name).identifier}


def key_of(name: str):
    return lambda world: {"key": getattr(world, name).key}


def filled(world: SimpleNamespace) -> dict[str, Any]:
    """A form that can be sent."""
    return {
        "title": "From the matrix", "summary": "A summary.", "work": "What is done.", "status": "running",
        "types": [world.type.pk], "lead_organization": world.organization.pk, "visibility": "public",
        "language": "en", "version": 1, "do": "save",
    }  # fmt: skip


PUBLIC = EVERYONE
UNPUBLISHED = answers(404, author=200, staff=200)

ROWS: list[Row] = [
    Row("initiatives:list", EVERYONE),
    Row("initiatives:list", EVERYONE, query="?format=csv", variant="csv"),
    Row("initiatives:create", changed(MEMBERS, staff=403), changed(MEMBERS, staff=403, member=DONE, author=DONE,
        other_author=DONE), data=filled),
    Row("initiatives:mine", changed(MEMBERS, staff=403), answers(405, anonymous=SIGN_IN)),
    Row("initiatives:draft", AUTHOR_ONLY, changed(AUTHOR_ONLY, author=DONE), args=key_of("draft")),
    Row("initiatives:draft", changed(AUTHOR_ONLY, author=DONE, staff=403), changed(AUTHOR_ONLY, author=DONE, staff=403),
        args=key_of("submitted"), variant="already sent"),
    Row("initiatives:draft-edit", AUTHOR_ONLY, changed(AUTHOR_ONLY, author=DONE), args=key_of("draft"), data=filled),
    Row("initiatives:detail", PUBLIC, args=of("initiative")),
    Row("initiatives:detail", answers(404, member=200, author=200, other_author=200, staff=200),
        answers(405), args=of("members_only"), variant="for members"),
    Row("initiatives:detail", UNPUBLISHED, answers(405), args=of("submitted"), variant="waiting for review"),
    Row("initiatives:edit", answers(403, anonymous=SIGN_IN, author=200),
        answers(403, anonymous=SIGN_IN, author=DONE), args=of("initiative"), data=filled),
    Row("initiatives:edit", answers(404, anonymous=SIGN_IN, author=200, staff=403),
        answers(404, anonymous=SIGN_IN, author=DONE, staff=403), args=of("submitted"), data=filled, variant="submitted"),
    Row("initiatives:withdraw", answers(403, anonymous=SIGN_IN, author=200),
        # once its author has withdrawn it, those who come after do not find it
        answers(403, anonymous=SIGN_IN, author=DONE, other_author=404, left=404), args=of("initiative")),
    Row("initiatives:history", EVERYONE, args=of("initiative")),
    Row("initiatives:history", UNPUBLISHED, answers(405), args=of("submitted"), variant="waiting for review"),
]  # fmt: skip
