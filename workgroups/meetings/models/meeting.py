"""One row for each quarter's meeting, also where it was cancelled or not needed. "Next", "last" and "late" are computed."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from workgroups.meetings.choices import MeetingState, Mode, OutcomeState


def quarter_of(day: date) -> int:
    return (day.month - 1) // 3 + 1


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That a meeting takes place, and when, is public; what was said has its own visibility, part by part."""
        return self

    def planned(self):
        return self.filter(state=MeetingState.PLANNED)

    def upcoming(self, *, now: datetime | None = None):
        """Soonest first; one that is going on counts."""
        now = now or timezone.now()
        return self.planned().filter(ends_at__gte=now).order_by("starts_at", "pk")

    def held(self, *, now: datetime | None = None):
        """Latest first: over, and neither cancelled nor passed over."""
        return self.planned().filter(ends_at__lt=now or timezone.now()).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    sequence = models.PositiveSmallIntegerField(default=1)  # the second one of a quarter has 2
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    state_reason = models.CharField(_("reason"), max_length=400, blank=True)
    state_reason_language = models.CharField(max_length=2, default="en")
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Halifax")
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    place = models.CharField(_("place"), max_length=200, blank=True)
    language = models.CharField(_("language of the record"), max_length=2, default="en")
    join_link = models.URLField(_("link to join"), max_length=500, blank=True)  # for the roster's eyes only
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of the calendar entry, for ever
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What was told to the roster last, so that several edits become one notice
    told = models.JSONField(default=dict, blank=True, editable=False)
    outcome_state = models.CharField(max_length=10, choices=OutcomeState.choices, default=OutcomeState.NONE)
    circulated_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="approves", editable=False
    )  # the meeting that approved these outcomes
    frozen = models.JSONField(null=True, blank=True, editable=False)  # the record with the names of the day
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-quarter", "-sequence")
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "quarter", "sequence"], name="meetings_meeting_number"
            ),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="meetings_meeting_quarter"),
            models.CheckConstraint(
                condition=Q(state="not_needed")
                | Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="meetings_meeting_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | ~Q(state_reason=""), name="meetings_meeting_no_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="meetings_by_time"),
            models.Index(fields=["group", "-starts_at"], name="meetings_of_group"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.group.slug, self.identifier])

    @property
    def identifier(self) -> str:
        """NUR-2026-Q1; NUR-2026-Q1-2 for the second of a quarter."""
        number = f"{self.group.code}-{self.year}-Q{self.quarter}"
        return number if self.sequence == 1 else f"{number}-{self.sequence}"

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at < timezone.now()

    @property
    def is_frozen(self) -> bool:
        return self.outcome_state == OutcomeState.APPROVED

    @cached_property
    def local_start(self) -> datetime | None:
        return self.starts_at and timezone.localtime(self.starts_at, self.zone)

    @property
    def zone(self):
        from zoneinfo import ZoneInfo  # noqa: PLC0415

        return ZoneInfo(self.time_zone)

    @property
    def duration(self) -> timedelta | None:
        return self.ends_at - self.starts_at if self.starts_at and self.ends_at else None


class MeetingDate(models.Model):
    """A date that no longer holds: it stays visible, struck through, with the reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="earlier_dates")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)
    reason_language = models.CharField(max_length=2, default="en")
    changed_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("changed_at", "pk")

    def __str__(self) -> str:
        return f"{self.meeting}: {self.starts_at:%Y-%m-%d}"
