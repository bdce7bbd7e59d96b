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
