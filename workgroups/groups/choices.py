"""Closed lists of this app; open vocabularies are rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKind(models.TextChoices):
    WORK_GROUP = "work_group", _("Work group")
    COUNCIL = "council", _("Advisory council")


class GroupStatus(models.TextChoices):
    FORMING = "forming", pgettext_lazy("group", "Forming")
    ACTIVE = "active", pgettext_lazy("group", "Active")
    DORMANT = "dormant", pgettext_lazy("group", "Dormant")
    CONCLUDED = "concluded", pgettext_lazy("group", "Concluded")


class Scope(models.TextChoices):
    """How far a seat speaks."""

    PROVINCIAL = "provincial", _("Provincial")
    ATLANTIC = "atlantic", _("Atlantic Canada")
    PAN_CANADIAN = "pan_canadian", _("Pan-Canadian")


class Role(models.TextChoices):
    CO_CHAIR = "co_chair", pgettext_lazy("role", "Co-chair")
    SECRETARY = "secretary", pgettext_lazy("role", "Secretary")
    MEMBER = "member", pgettext_lazy("role", "Member")
    ALTERNATE = "alternate", pgettext_lazy("role", "Alternate")
    OBSERVER = "observer", pgettext_lazy("role", "Observer")


# Those who prepare meetings and record them
RUNNING_ROLES = (Role.CO_CHAIR, Role.SECRETARY)
# Those whose presence counts as a voice at the table
VOTING_ROLES = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE)
FEWEST_CO_CHAIRS, WANTED_CO_CHAIRS = 1, 2


class Quorum(models.TextChoices):
    """What must be in the room for a decision."""

    NONE = "none", pgettext_lazy("quorum", "None")
    HEADS = "heads", pgettext_lazy("quorum", "A number of people")
    VOICES = "voices", pgettext_lazy("quorum", "A number of expected voices")


class Part(models.TextChoices):
    """Who may read a part of the record, or a document."""

    ROSTER = "roster", _("The roster")
    MEMBERS = "members", _("Members of the network")
    PUBLIC = "public", _("Everyone")


INVITATION_LINK = "groups.roster_invitation"  # what the signed link of a roster invitation is for
