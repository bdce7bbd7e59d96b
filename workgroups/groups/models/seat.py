"""A seat outlives the person on it: it says for whom somebody speaks at the table."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workgroups.groups.choices import GroupKind, Scope


class SeatQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def current(self):
        return self.on(timezone.localdate())

    def at_the_table_of(self, group):
        """The seats of one group, and the standing seats where it is a work group."""
        own = Q(group=group)
        return self.filter(own | Q(group__isnull=True) if group.kind == GroupKind.WORK_GROUP else own)


class Seat(models.Model):
    """Without a group it is a standing seat, which spans all work groups."""

    group = models.ForeignKey(
        "groups.Group",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
        verbose_name=_("group"),
    )
    title = models.CharField(_("title of the seat"), max_length=150, blank=True)
    title_language = models.CharField(max_length=2, default="en")
    organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="seats",
        verbose_name=_("speaks for"),
    )  # fmt: skip
    stakeholder_type = models.ForeignKey(
        "reference.StakeholderType", on_delete=models.PROTECT, related_name="seats",
        verbose_name=_("type of stakeholder"),
    )  # fmt: skip
    scope = models.CharField(_("scope"), max_length=12, choices=Scope.choices, default=Scope.PROVINCIAL)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)  # the first day on which it no longer exists

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("stakeholder_type__order", "pk")
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="groups_seat_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.organization or self.stakeholder_type)

    @property
    def is_standing(self) -> bool:
        return self.group_id is None

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
