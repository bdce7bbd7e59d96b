"""The terms of reference of a group: versions that replace each other, and never change once adopted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, OfficialTextQuerySet
from workgroups.groups.choices import Quorum


class TermsOfReferenceQuerySet(OfficialTextQuerySet):
    def adopted(self):
        return self.filter(adopted_on__isnull=False)

    def in_force(self):
        return self.adopted().order_by("group", "-number").distinct("group")


class TermsOfReference(OfficialText):
    official_fields = ("text",)

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="terms_of_reference")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), max_length=20000)  # Markdown
    expected_types = models.ManyToManyField(
        "reference.StakeholderType",
        blank=True,
        related_name="+",
        verbose_name=_("voices expected at the table"),
    )
    quorum = models.CharField(_("quorum"), max_length=6, choices=Quorum.choices, default=Quorum.NONE)
    quorum_count = models.PositiveSmallIntegerField(_("how many"), default=0)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)  # empty: a draft
    review_by = models.DateField(_("review by"), null=True, blank=True)
    loaded_fingerprint = models.CharField(max_length=16, blank=True, editable=False)

    objects = TermsOfReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("group", "-number")
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="groups_termsofreference_number"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(adopted_on__isnull=True),
                name="groups_termsofreference_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(quorum="none") | Q(quorum_count__gt=0),
                name="groups_termsofreference_quorum_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.adopted_on is None

    @property
    def is_overdue(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()
