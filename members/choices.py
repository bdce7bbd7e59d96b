"""Closed lists of this app. Open vocabularies are rows in iqn.reference."""

from typing import Any

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")

    @classmethod
    def own_first(cls) -> list[tuple[str, Any]]:
        """The reader's language before the other."""
        own = (get_language() or "en")[:2]
        return sorted(cls.choices, key=lambda choice: choice[0] != own)


class MembershipState(models.TextChoices):
    """Each label says the state; who acts next stands in `members.transitions`."""

    APPLIED = "applied", pgettext_lazy("membership", "Application received")
    NEEDS_INFORMATION = "needs_information", pgettext_lazy("membership", "Question to the applicant")
    APPROVED = "approved", pgettext_lazy("membership", "Member")
    DECLINED = "declined", pgettext_lazy("membership", "Declined")
    LEFT = "left", pgettext_lazy("membership", "Left the network")


class Visibility(models.TextChoices):
    """Who may see one contact detail."""

    STAFF = "staff", _("Me and staff")
    GROUPS = "groups", _("People in my work groups")
    MEMBERS = "members", _("Members")
    PUBLIC = "public", _("Everyone")


class MessageKind(models.TextChoices):
    """What was said about an application."""

    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    NOTE = "note", _("Internal note")


class NameOnPosts(models.TextChoices):
    """What somebody who leaves wants to be called beside their posts."""

    KEPT = "kept", _("Keep my posts under my name")
    FORMER_MEMBER = "former_member", _("Show “former member” instead of my name")


class EmployerChange(models.TextChoices):
    """What changed at work."""

    MOVED = "moved", _("I left for another organization")
    ALSO = "also", _("I work for one more organization")
    ENDED = "ended", _("I no longer work there, and name no other organization")


STAFF_GROUP = "FCRO staff"
REFERENCE_LINK = "members.reference"  # what a referee's signed link is for
