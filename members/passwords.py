"""Passwords are judged by how they are guessed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

CONTEXT_WORDS = ["iqn", "fcro", "work-group", "nursing", "engineer", "credential", "qualifications", "canada"]
LEAST_SCORE = 3  # of 4: safe against an offline attack on a slow hash
LONGEST = 128  # zxcvbn's time grows with length; longer ones are judged by their beginning


class GuessablePasswordValidator:
    def validate(self, password: str, user=None) -> None:
        own = [user.email, *user.email.replace("@", ".").split(".")] if user is not None and user.email else []
        if zxcvbn(password[:LONGEST], user_inputs=CONTEXT_WORDS + own)["score"] < LEAST_SCORE:
            raise ValidationError(
                _("This password is easy to guess. Use several words that do not belong together."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("Use at least 12 characters; several words that do not belong together work well.")
