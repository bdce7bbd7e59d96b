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


class NotPossibleNow(MembershipError):
    """The state of the application does not allow this step: mostly somebody else was faster."""

    sentence = _("This is not possible any more: the application is now in the state “%(state)s”.")


class AlreadyApplied(MembershipError):
    sentence = _("You already have an open application or a membership. Your status page shows it.")


class NotForThisPerson(MembershipError):
    """The applicant does not decide, staff do not answer for the applicant."""

    sentence = _("This step is for somebody else.")


class TooLateToReverse(MembershipError):
    sentence = _("A decision can be reversed for 24 hours only.")


class AppliedAgain(MembershipError):
    sentence = _("This person has applied again since. Decide on the newer application instead.")


class TextMissing(MembershipError):
    sentence = _("Write a text first.")


class TextTooLong(MembershipError):
    sentence = _("This text has %(length)s characters. At most %(limit)s are possible.")


class HalfNamed(MembershipError):
    sentence = _("“%(name)s” is named in one language only: give it both names before you confirm it.")


class ReasonNotUsable(MembershipError):
    """A "no" quotes a clause in force, in the applicant's language."""

    sentence = _(
        "This reason cannot be used: its text or its clause of the guidelines is missing in one language."
    )


class KindMissing(MembershipError):
    sentence = _("We do not know this organization yet. Say what type of organization it is.")


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
