"""What the rules of membership refuse. The text of each error is a sentence for the person who tried."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MembershipError(Exception):
    sentence: str | Promise = ""

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return str(self.sentence) % self.values if self.values else str(self.sentence)


class SavedMeanwhile(MembershipError):
    """Somebody else, or the same person in another tab, saved first."""

    sentence = _("This was changed in the meantime. Compare below, then save again.")


class TakesNoLetters(MembershipError):
    sentence = _("This person does not receive letters through the portal.")


class NotWorkingThere(MembershipError):
    sentence = _("You do not work there on that day.")


class WorksThereAlready(MembershipError):
    sentence = _("You work there already.")


class StaffStay(MembershipError):
    sentence = _("Staff accounts are closed by another member of staff.")
