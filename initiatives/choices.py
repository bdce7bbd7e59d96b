"""Closed lists of this app; open vocabularies are rows in iqn.reference."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PostState(models.TextChoices):
    """Where the posting stands (not how far the initiative has come: that is InitiativeStatus)."""

    DRAFT = "draft", pgettext_lazy("posting", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("posting", "Waiting for review")
    RETURNED = "returned", pgettext_lazy("posting", "Returned to the author")
    PUBLISHED = "published", pgettext_lazy("posting", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("posting", "Withdrawn by the author")
    HIDDEN = "hidden", pgettext_lazy("posting", "Hidden by staff")


# Who acts next, said to the author
NEXT_STEP = {
    PostState.DRAFT: _("It is your turn: finish it, look at the preview, then post it."),
    PostState.SUBMITTED: _(
        "It is the staff’s turn: they read it, then publish it or tell you what to change."
    ),
    PostState.RETURNED: _("It is your turn: change what staff asked for, then send it again."),
    PostState.PUBLISHED: _("Nothing is expected of you. Update it when something changes."),
    PostState.WITHDRAWN: _("Nothing is expected of you. You may post it again at any time."),
    PostState.HIDDEN: _(
        "It is the staff’s turn: correct what they named, then write to them to have it shown again."
    ),
}


class InitiativeStatus(models.TextChoices):
    IDEA = "idea", pgettext_lazy("initiative", "Idea")
    PLANNED = "planned", pgettext_lazy("initiative", "Planned")
    PILOT = "pilot", pgettext_lazy("initiative", "Pilot")
    RUNNING = "running", pgettext_lazy("initiative", "Running")
    COMPLETED = "completed", pgettext_lazy("initiative", "Completed")
    EVALUATED = "evaluated", pgettext_lazy("initiative", "Evaluated")
    DISCONTINUED = "discontinued", pgettext_lazy("initiative", "Discontinued")
    UNKNOWN = "unknown", pgettext_lazy("initiative", "Not known")


class PostVisibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members only")


class ResultsBasis(models.TextChoices):
    CLAIMED = "claimed", _("Reported by those who run it")
    EVALUATED = "evaluated", _("Evaluated by somebody else")


class Confidence(models.TextChoices):
    HIGH = "high", _("High: a source says so")
    MEDIUM = "medium", _("Medium: partly inferred")
    LOW = "low", _("Low: check before relying on it")


class CommentKind(models.TextChoices):
    WORKED = "worked", _("This worked for us")
    QUESTION = "question", _("Question")
    ADAPT = "adapt", _("We could adapt this")
    PARTNER = "partner", _("Offer to partner")
    CONCERN = "concern", _("Concern")


class ReportReason(models.TextChoices):
    INCORRECT = "incorrect", _("Something is not correct")
    OUTDATED = "outdated", _("It is out of date")
    PERSONAL = "personal", _("It shows personal information")
    CONDUCT = "conduct", _("It attacks or insults somebody")
    ADVERTISING = "advertising", _("It is advertising")
    OTHER = "other", _("Another reason")


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("report", "Waiting for staff")
    UPHELD = "upheld", pgettext_lazy("report", "Acted on")
    DISMISSED = "dismissed", pgettext_lazy("report", "No action needed")


class ReportMeasure(models.TextChoices):
    """What staff did to the reported post, besides telling both sides."""

    NONE = "none", pgettext_lazy("report", "Nothing was changed")
    HIDDEN = "hidden", pgettext_lazy("report", "The comment was hidden")
    FLAGGED = "flagged", pgettext_lazy("report", "The initiative was marked as needing an update")


class HideReason(models.TextChoices):
    """Sentences that stand in place of a hidden comment; guideline P12 says what is hidden."""

    CONDUCT = "conduct", _("It speaks against a person rather than of the work (guideline P12).")
    OFF_SUBJECT = "off_subject", _("It is off the subject (guideline P12).")
    ADVERTISING = "advertising", _("It is meant to sell (guideline P12).")
    PERSONAL = "personal", _("It shows personal information (guideline P7).")
    INCORRECT = "incorrect", _("It states something that is not correct.")
    OUTDATED = "outdated", _("It is out of date.")


class ReportDecision(models.TextChoices):
    """Each value fixes state and measure of a report, see `actions.reports`."""

    HIDE = "hide", pgettext_lazy("decision", "Uphold, and hide the comment")
    FLAG = "flag", pgettext_lazy("decision", "Uphold, and mark the initiative as needing an update")
    UPHOLD = "uphold", pgettext_lazy("decision", "Uphold: it has been put right already")
    DISMISS = "dismiss", pgettext_lazy("decision", "Dismiss: it keeps to the guidelines")
    DISMISS_OPINION = "dismiss_opinion", pgettext_lazy("decision", "Dismiss: it is a difference of opinion")


# What both sides are told when staff write nothing of their own
USUAL_OUTCOMES = {
    ReportDecision.HIDE: _("The comment does not keep to the guidelines for posting. It is no longer shown."),
    ReportDecision.FLAG: _(
        "The initiative needs an update. A note on its page says so until it has been revised."
    ),
    ReportDecision.UPHOLD: _("The report was right, and the matter has been put right."),
    ReportDecision.DISMISS: _("It keeps to the guidelines for posting. Nothing changes."),
    ReportDecision.DISMISS_OPINION: _(
        "This is a difference of opinion, and comments are the place for it. Nothing changes."
    ),
}
