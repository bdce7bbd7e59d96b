"""Somebody says that something is wrong; every report ends in an outcome that both sides are told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import ReportMeasure, ReportReason, ReportState
from iqn.access import is_staff
from iqn.bilingual import reading_language


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if is_staff(user):
            return self
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(reporter__user=user)

    def open(self):
        return self.filter(state=ReportState.OPEN).order_by("created_at", "pk")

    def flagging(self, initiative):
        """What marks this text of the initiative as needing an update: the mark goes when that is revised."""
        return self.filter(
            initiative=initiative, measure=ReportMeasure.FLAGGED, flagged_version=initiative.text_version
        ).order_by("-decided_at", "-pk")


class Report(models.Model):
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="reports")
    comment = models.ForeignKey(
        "initiatives.Comment", null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )  # none: the initiative itself is reported
    reporter = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(_("reason"), max_length=15, choices=ReportReason.choices)
    text = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    measure = models.CharField(max_length=10, choices=ReportMeasure.choices, default=ReportMeasure.NONE)
    flagged_version = models.PositiveIntegerField(null=True, blank=True, editable=False)  # of its text
    # As told to both sides, each in their language
    outcome_en = models.TextField(max_length=2000, blank=True)
    outcome_fr = models.TextField(max_length=2000, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open")
                | (Q(decided_at__isnull=False) & ~Q(outcome_en="") & ~Q(outcome_fr="")),
                name="initiatives_report_outcome_kept",
            ),
            models.CheckConstraint(
                condition=~Q(measure="flagged") | Q(flagged_version__isnull=False),
                name="initiatives_report_flags_a_version",
            ),
            models.UniqueConstraint(
                fields=["initiative", "reporter"], condition=Q(state="open", comment__isnull=True),
                name="initiatives_report_one_open_per_initiative",
            ),
            models.UniqueConstraint(
                fields=["comment", "reporter"], condition=Q(state="open"), name="initiatives_report_one_open_per_comment"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.initiative.identifier}: {self.get_reason_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.OPEN

    @property
    def outcome(self) -> str:
        return self.outcome_fr if reading_language() == "fr" else self.outcome_en

    @property
    def target_author(self):
        """Who wrote what is reported; None for an imported initiative."""
        return self.comment.author if self.comment_id else self.initiative.author
