"""Why an action refused. Each carries a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class MeetingError(Exception):
    sentence = _("This is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class NotPossibleNow(MeetingError):
    pass


class RecordIsFrozen(MeetingError):
    sentence = _("The outcomes are approved and stay as they are. Add a dated correction instead.")


class StaleVersion(MeetingError):
    sentence = _("Somebody else saved this in the meantime. Both texts are shown; choose what should stay.")


class DueBeforeMeeting(MeetingError):
    sentence = _("The due date lies before the meeting.")


class NobodyOwnsIt(MeetingError):
    sentence = _("Say who follows it up.")


class GroupIsConcluded(MeetingError):
    sentence = _("The group has concluded. What it did stays readable and is not changed any more.")


class InThePast(MeetingError):
    sentence = _("The meeting would lie in the past.")


class EndsBeforeItBegins(MeetingError):
    sentence = _("The meeting would end before it begins.")


class LastsTooLong(MeetingError):
    sentence = _(
        "The meeting would end before it begins. One that ends on the next day lasts 12 hours at most."
    )


class QuarterIsTaken(MeetingError):
    sentence = _("There is a meeting in this quarter already. Cancel or move it instead.")


class MeetingIsOver(MeetingError):
    sentence = _("The meeting is over. Nothing needs to be answered any more.")


class NotOnTheRoster(MeetingError):
    sentence = _("You are not on the roster of this group any more, so no answer is expected from you.")


class ItemIsInUse(MeetingError):
    sentence = _("Something is recorded under this item already, so it stays on the agenda.")


class ProposalIsDecided(MeetingError):
    sentence = _("This proposal has been decided in the meantime.")


class SavedMeanwhile(MeetingError):
    sentence = _("Somebody else saved this in the meantime. Open the page again to see it.")


class NotOverYet(MeetingError):
    sentence = _("The meeting has not begun. Its outcomes can be circulated once it has.")


class NothingRecorded(MeetingError):
    sentence = _("Nothing is recorded yet.")


class ClaimTooLate(MeetingError):
    sentence = _(
        "That you were there can be said within 14 days of the meeting. Write to a co-chair instead."
    )


class NotTheFollower(MeetingError):
    sentence = _("Somebody else follows this action up now. Nothing has changed.")


class TermHasEnded(MeetingError):
    sentence = _("You do not hold this seat any more. Nothing has changed.")


class NotInThePast(MeetingError):
    sentence = _("Only what lies in the past is brought in from a file.")


class DecisionStands(MeetingError):
    sentence = _("This decision stands in the register with other words, and stays as it is.")


class NotAtTheTable(MeetingError):
    sentence = _("This person is not at the table today. Choose somebody who is.")
