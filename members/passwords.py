"""Passwords are judged by how they are guessed."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

CONTEXT_WORDS = [
    "iqn", "fcro", "network", "portal", "work-group", "nursing", "engineer", "credential", "qualifications",
    "canada", "reseau", "reconnaissance", "infirmier", "ingenieur", "password", "motdepasse",
]  # fmt: skip
LEAST_SCORE = 3  # of 4: safe against an offline attack on a slow hash
LONGEST = 128  # zxcvbn's time grows with length; longer ones are judged by their beginning


def own_words(*, name: str, email: str) -> list[str]:
    """What somebody who knows the person would try first."""
    return [word for word in (name, email, *re.split(r"[^\w]+", f"{name} {email}")) if word]


def ensure_not_guessable(password: str, words: list[str]) -> None:
    if zxcvbn(password[:LONGEST], user_inputs=CONTEXT_WORDS + words)["score"] < LEAST_SCORE:
        raise ValidationError(
            _("This password is easy to guess. Use several words that do not belong together."),
            code="password_guessable",
        )


class GuessablePasswordValidator:
    def validate(self, password: str, user=None) -> None:
        person = getattr(user, "person", None)
        ensure_not_guessable(
            password,
            own_words(name=person.name if person else "", email=user.email or "") if user is not None else [],
        )

    def get_help_text(self) -> str:
        return _("Use at least 12 characters; several words that do not belong together work well.")
