"""A decision belongs to its group. Its meeting is empty only where it was taken in writing between meetings."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member, is_staff
from iqn.searching import words_in
from workgroups.groups.choices import Part
from workgroups.meetings.choices import DecisionKind

TOLD = ("circulated", "approved")
DECISION_WORDS = ("text", "rationale", "dissent")


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for those on the roster and staff; afterwards as far as its own visibility goes."""
        from workgroups.groups.models import Group  # noqa: PLC0415

        if is_staff(user):
            return self
        told = Q(meeting__isnull=True) | Q(meeting__outcome_state__in=TOLD)
        levels = [Part.PUBLIC, Part.MEMBERS] if is_member(user) else [Part.PUBLIC]
        shown = told & Q(visibility__in=levels)
        person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
        if person is not None:
            shown |= Q(group__in=Group.objects.of_person(person))
        return self.filter(shown)


class Decision(models.Model):
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(
        "meetings.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(
        _("how it was taken"), max_length=10, choices=DecisionKind.choices, default=DecisionKind.CONSENSUS
    )
    text = models.TextField(_("decision"), max_length=2000)
    rationale = models.TextField(_("reasons"), blank=True, max_length=4000)
    dissent = models.TextField(_("dissent noted"), blank=True, max_length=2000)
    language = models.CharField(_("language of the text"), max_length=2, default="en")
    function = models.ForeignKey(
        "groups.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions",
        verbose_name=_("function"),
    )  # fmt: skip
    subject = models.CharField(_("about"), max_length=30, blank=True)  # a permanent identifier
    visibility = models.CharField(
        _("who may read it"), max_length=8, choices=Part.choices, default=Part.PUBLIC
    )
    decided_on = models.DateField(_("decided on"), default=date.today)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-number")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="meetings_decision_number"),
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(kind="written"),
                name="meetings_decision_meets_or_writes",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-decided_on"], name="meetings_decisions_of_group"),
            GinIndex(words_in(*DECISION_WORDS), name="meetings_decision_words"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        return reverse("meetings:decision-detail", args=[self.group.slug, self.identifier])

    @property
    def identifier(self) -> str:
        """NUR-2026-D03."""
        return f"{self.group.code}-{self.year}-D{self.number:02d}"
