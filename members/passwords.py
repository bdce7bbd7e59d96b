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
LONGEST = 72  # zxcvbn takes no more; longer ones are judged by their beginning
SHORTEST_WORD = 3  # of one's own name that counts


def own_words(*, name: str, email: str) -> list[str]:
    """What somebody who knows the person would try first."""
    return [word for word in re.split(r"[^\w]+", f"{name} {email}".lower()) if len(word) >= SHORTEST_WORD]


def ensure_not_guessable(password: str, words: list[str]) -> None:
    """What is left without one's own name and the portal's words must be hard to guess by itself."""
    left = password[:LONGEST].lower()
    for word in sorted(words + CONTEXT_WORDS, key=len, reverse=True):
        left = left.replace(word, "")
    if min(_score(left), _score(password[:LONGEST])) < LEAST_SCORE:
        raise ValidationError(
            _("This password is easy to guess. Use several words that do not belong together."),
            code="password_guessable",
        )


def _score(text: str) -> int:
    return zxcvbn(text[:LONGEST])["score"] if text else 0  # "İ" becomes two characters when it is made small


class GuessablePasswordValidator:
    def validate(self, password: str, user=None) -> None:
        person = getattr(user, "person", None)
        ensure_not_guessable(
            password,
            own_words(name=person.name if person else "", email=user.email or "") if user is not None else [],
        )

    def get_help_text(self) -> str:
        return _("Use at least 12 characters; several words that do not belong together work well.")
