"""Why an action refused. Each carries a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class GroupError(Exception):
    sentence = _("This is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class TermsOverlap(GroupError):
    sentence = _("This person holds this seat already on some of these days. End that term first.")


class EndsBeforeItBegins(GroupError):
    sentence = _("The term would end before it begins.")


class LastCoChair(GroupError):
    sentence = _("The group would be left without a co-chair. Name another co-chair first.")


class SeatHasEnded(GroupError):
    sentence = _("The seat does not exist on these days.")


class GroupIsConcluded(GroupError):
    sentence = _("The group has concluded. What it did stays readable and is not changed any more.")


class StaleVersion(GroupError):
    sentence = _("Somebody else changed it in the meantime.")


class NotInBothLanguages(GroupError):
    sentence = _("The text must stand in English and in French before it is adopted.")


class AdoptedBeforeTheLast(GroupError):
    sentence = _("The version before it was adopted later than this day.")


class ConcludedWithoutNote(GroupError):
    sentence = _("Say in English and in French what the group leaves behind before it concludes.")


class HasAnAccount(GroupError):
    sentence = _("This person has an account already.")


class NoAddress(GroupError):
    sentence = _("No address is known for this person. End the term and begin it again with an address.")


class InvitationUsed(GroupError):
    sentence = _("This invitation has been used already.")


class DocumentIsWithdrawn(GroupError):
    sentence = _("The document has been withdrawn. Add a new one instead.")


class NobodyToReach(GroupError):
    sentence = _("Nobody on the roster can be reached by mail, so nothing was sent.")
