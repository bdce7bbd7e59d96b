"""Who worked where, from when until when. Never overwritten: old posts keep the organization of their day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AffiliationQuerySet(models.QuerySet):
    def on(self, day: date):
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def current(self):
        return self.on(timezone.localdate())


class Affiliation(models.Model):
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="affiliations")
    organization = models.ForeignKey(
        "members.Organization", on_delete=models.PROTECT, related_name="affiliations"
    )
    title = models.CharField(_("role"), max_length=150, blank=True)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)  # the first day on which it no longer holds

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="members_affiliation_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["person", "organization"], condition=Q(until__isnull=True),
                name="members_affiliation_one_open_per_organization",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}, {self.organization}"

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
