"""Reporting a post, and deciding what comes of it: every report ends in an outcome that both sides are told."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.comments import hide_comment
from initiatives.choices import ReportDecision, ReportMeasure, ReportState
from initiatives.errors import AlreadyDecided, AlreadyReported, CommentNotShown, NotPossibleNow
from initiatives.models import Comment, Initiative, Report
from initiatives.notifications import comments as letters
from iqn.history.recording import record
from members.models import Person

# What each decision means: the state of the report, and what is done to the post
RESULTS = {
    ReportDecision.HIDE: (ReportState.UPHELD, ReportMeasure.HIDDEN),
    ReportDecision.FLAG: (ReportState.UPHELD, ReportMeasure.FLAGGED),
    ReportDecision.UPHOLD: (ReportState.UPHELD, ReportMeasure.NONE),
    ReportDecision.DISMISS: (ReportState.DISMISSED, ReportMeasure.NONE),
    ReportDecision.DISMISS_OPINION: (ReportState.DISMISSED, ReportMeasure.NONE),
}


@transaction.atomic
def report_initiative(*, initiative: Initiative, reason: str, text: str, by: Person) -> Report:
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    return _report(initiative=initiative, comment=None, reason=reason, text=text, by=by)


@transaction.atomic
def report_comment(*, comment: Comment, reason: str, text: str, by: Person) -> Report:
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if not comment.is_shown:
        raise CommentNotShown
    return _report(initiative=comment.initiative, comment=comment, reason=reason, text=text, by=by)


def _report(*, initiative: Initiative, comment: Comment | None, reason: str, text: str, by: Person) -> Report:
    if Report.objects.open().filter(initiative=initiative, comment=comment, reporter=by).exists():
        raise AlreadyReported
    report = Report.objects.create(
        initiative=initiative, comment=comment, reporter=by, reason=reason, text=text
    )
    phrase = _("%(actor)s reported a comment on %(initiative)s: %(reason)s")
    if comment is None:
        phrase = _("%(actor)s reported %(initiative)s: %(reason)s")
    record(
        by=by, verb="initiatives.report_made", target=report, for_staff=True, phrase=phrase,
        initiative=initiative.identifier, reason=report.get_reason_display,
    )  # fmt: skip
    return report


@transaction.atomic
def decide_report(
    *, report: Report, decision: str, outcome_en: str, outcome_fr: str, by: Person,
    hide_reason_en: str = "", hide_reason_fr: str = "",
) -> Report:  # fmt: skip
    """Decides every open report of the same thing at once: each reporter and, once, the author are told."""
    _lock_target(report)
    if decision not in possible_decisions(report):
        raise NotPossibleNow(decision)
    reports = list(same_target(report).select_for_update())
    if report.pk not in {each.pk for each in reports}:
        raise AlreadyDecided
    state, measure = RESULTS[ReportDecision(decision)]
    values = {
        "state": state, "measure": measure, "decided_at": timezone.now(), "decided_by": by,
        "outcome_en": outcome_en, "outcome_fr": outcome_fr,
        "flagged_version": report.initiative.text_version if measure == ReportMeasure.FLAGGED else None,
    }  # fmt: skip
    if measure == ReportMeasure.HIDDEN and report.comment:
        hide_comment(
            comment=report.comment,
            reason_en=hide_reason_en,
            reason_fr=hide_reason_fr,
            by=by,
            tell_author=False,
        )
    for each in reports:
        for name, value in values.items():
            setattr(each, name, value)
        each.save(update_fields=list(values))
        record(
            by=by, verb="initiatives.report_decided", target=each, for_staff=True,
            phrase=_("%(actor)s decided a report about %(initiative)s: %(state)s. %(measure)s."),
            initiative=each.initiative.identifier, state=each.get_state_display, measure=each.get_measure_display,
        )  # fmt: skip
        letters.report_outcome_reporter(each)
    decided = next(each for each in reports if each.pk == report.pk)
    if measure == ReportMeasure.FLAGGED:
        record(
            by=None, verb="initiatives.initiative_flagged", target=decided.initiative,
            phrase=_("After a report, staff marked %(initiative)s as needing an update"),
            initiative=decided.initiative.identifier,
        )  # fmt: skip
    letters.report_outcome_author(decided)
    return decided


def possible_decisions(report: Report) -> list[ReportDecision]:
    """A shown comment may be hidden; an initiative may be marked; the rest is always possible."""
    impossible = {ReportDecision.FLAG} if report.comment_id else {ReportDecision.HIDE}
    if report.comment_id and not report.comment.is_shown:
        impossible.add(ReportDecision.HIDE)
    return [decision for decision in ReportDecision if decision not in impossible]


def same_target(report: Report):
    """The open reports about the same comment, or about the same initiative itself, oldest first."""
    return Report.objects.open().filter(initiative=report.initiative_id, comment=report.comment_id)


def _lock_target(report: Report) -> None:
    """Two of the staff who decide at the same time wait for each other. (A comment is never locked after its
    initiative: somebody who replies takes them in the other order.)"""
    if report.comment_id:
        report.comment = Comment.objects.select_for_update().get(pk=report.comment_id)
    else:
        report.initiative = Initiative.objects.select_for_update().get(pk=report.initiative_id)
