"""One row per URL name: what each role is answered. A URL without a row fails the test run.

A row of an app stands in `tests/matrix/<app>.py`, in its list ROWS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from tests.world import ROLES

# Answers: a status, or "sign-in" for the redirect to the sign-in page that comes back
SIGN_IN = "sign-in"
Answers = dict[str, Any]


def answers(default: Any, **exceptions: Any) -> Answers:
    """The same answer for every role but those named."""
    assert set(exceptions) <= set(ROLES), exceptions
    return {role: exceptions.get(role, default) for role in ROLES}


EVERYONE = answers(200)
# Sections for members: strangers are sent to sign-in, people who are not (yet, any more) members get 403
MEMBERS = answers(200, anonymous=SIGN_IN, applicant=403, declined=403, left=403)
SIGNED_IN = answers(200, anonymous=SIGN_IN)
STAFF = answers(403, anonymous=SIGN_IN, staff=200)


@dataclass(frozen=True)
class Row:
    """What GET and POST of one address answer. Without `post` the address takes GET only: 405 for whoever may GET it."""

    name: str
    get: Answers
    post: Answers | None = None
    args: Callable[[SimpleNamespace], dict[str, Any]] = field(default=lambda world: {})
    data: Callable[[SimpleNamespace], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""
    languages: tuple[str, ...] = ("en", "fr")  # ("en",) for addresses outside both languages
    variant: str = ""  # a second row for the same name: another object in another state

    @property
    def label(self) -> str:
        return f"{self.name} {self.variant}".strip()

    def post_answers(self) -> Answers:
        if self.post is not None:
            return self.post
        return {role: 405 if answer == 200 else answer for role, answer in self.get.items()}
