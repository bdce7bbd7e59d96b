"""Closed lists of this app."""

from datetime import timedelta

from django.db import models
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """Whether it takes place. That it was held is said by its record; that it is over, by its date."""

    PLANNED = "planned", pgettext_lazy("meeting", "Scheduled")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")
    NOT_NEEDED = "not_needed", pgettext_lazy("meeting", "Not needed this quarter")


class OutcomeState(models.TextChoices):
    NONE = "none", pgettext_lazy("outcomes", "Not recorded")
    DRAFT = "draft", pgettext_lazy("outcomes", "Draft")
    CIRCULATED = "circulated", pgettext_lazy("outcomes", "Circulated")
    APPROVED = "approved", pgettext_lazy("outcomes", "Approved")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", pgettext_lazy("meeting", "In person")
    ONLINE = "online", pgettext_lazy("meeting", "Online")
    HYBRID = "hybrid", pgettext_lazy("meeting", "In person and online")


class Purpose(models.TextChoices):
    INFORM = "inform", pgettext_lazy("agenda", "To inform")
    DISCUSS = "discuss", pgettext_lazy("agenda", "To discuss")
    DECIDE = "decide", pgettext_lazy("agenda", "To decide")


class ItemState(models.TextChoices):
    OPEN = "open", pgettext_lazy("agenda", "Open")
    DONE = "done", pgettext_lazy("agenda", "Dealt with")
    CARRIED = "carried", pgettext_lazy("agenda", "Carried over")


class Answer(models.TextChoices):
    COMING = "coming", pgettext_lazy("answer", "Coming in person")
    ONLINE = "online", pgettext_lazy("answer", "Joining online")
    REGRETS = "regrets", pgettext_lazy("answer", "Regrets")


class Presence(models.TextChoices):
    IN_PERSON = "in_person", pgettext_lazy("presence", "In person")
    ONLINE = "online", pgettext_lazy("presence", "Online")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")
    SAYS_PRESENT = "says_present", pgettext_lazy("presence", "Says: I was there")


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("proposal", "Proposed")
    ON_AGENDA = "on_agenda", pgettext_lazy("proposal", "On the agenda")
    PARKED = "parked", pgettext_lazy("proposal", "Parked for later")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    ANSWERED = "answered", pgettext_lazy("proposal", "Answered directly")


class DecisionKind(models.TextChoices):
    CONSENSUS = "consensus", pgettext_lazy("decision", "By consensus")
    VOTE = "vote", pgettext_lazy("decision", "By vote")
    WRITTEN = "written", pgettext_lazy("decision", "In writing")


class ActionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("action", "Open")
    DONE = "done", pgettext_lazy("action", "Done")
    DROPPED = "dropped", pgettext_lazy("action", "Dropped")


class QuarterState(models.TextChoices):
    """What became of a quarter of a group. Computed with the day, never saved."""

    HELD = "held", pgettext_lazy("quarter", "Held")
    SCHEDULED = "scheduled", pgettext_lazy("quarter", "Scheduled")
    LATE = "late", pgettext_lazy("quarter", "Late")
    EXCUSED = "excused", pgettext_lazy("quarter", "Not needed")
    CANCELLED = "cancelled", pgettext_lazy("quarter", "Cancelled")
    NOTHING = "nothing", pgettext_lazy("quarter", "Nothing yet")
    UNKNOWN = "unknown", pgettext_lazy("quarter", "Not known")
    RESTING = "resting", pgettext_lazy("quarter", "None expected")


# A link in an invitation ends with its meeting; this bounds what is never asked of a row
REPLY_LASTS = timedelta(days=400)


def possible_answers(mode: str) -> list[tuple[str, str]]:
    """Nobody is asked to come to a place that does not exist, or to join what is not online."""
    left_out = {Mode.IN_PERSON: Answer.ONLINE, Mode.ONLINE: Answer.COMING}.get(Mode(mode))
    return [(value, str(label)) for value, label in Answer.choices if value != left_out]
