"""What somebody has promised to do. It may be an organization's, and still names one person who follows it up."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.searching import words_in
from workgroups.groups.choices import Part
from workgroups.meetings.choices import ActionState
from workgroups.meetings.models.decision import OutcomeQuerySet

ACTION_WORDS = ("text", "organization_name", "closing_note")


class ActionItemQuerySet(OutcomeQuerySet):
    def visible_to(self, user):
        """Whoever follows an action up may read it, also once they have left the roster."""
        rows = super().visible_to(user)
        person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
        return rows | self.filter(follower=person) if person is not None else rows

    def open(self):
        return self.filter(state=ActionState.OPEN)

    def overdue(self):
        return self.open().filter(due__lt=timezone.localdate())

    def of_person(self, person):
        return self.filter(follower=person)


class ActionItem(models.Model):
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="action_items")
    meeting = models.ForeignKey(
        "meetings.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="action_items"
    )
    item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="action_items"
    )
    decision = models.ForeignKey(
        "meetings.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="action_items"
    )
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField(_("what is to be done"), max_length=500)
    language = models.CharField(_("language of the text"), max_length=2, default="en")
    follower = models.ForeignKey(
        "members.Person",
        on_delete=models.PROTECT,
        related_name="action_items",
        verbose_name=_("who follows it up"),
    )
    seat = models.ForeignKey(
        "groups.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="action_items"
    )  # when the follower's term ends it may stay with the seat
    organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="action_items",
        verbose_name=_("organization that does it"),
    )  # fmt: skip
    organization_name = models.CharField(_("organization outside the portal"), max_length=200, blank=True)
    due = models.DateField(_("due"))
    first_due = models.DateField(editable=False)  # before it was postponed
    postponed = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(max_length=7, choices=ActionState.choices, default=ActionState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closing_note = models.CharField(_("what came of it"), max_length=1000, blank=True)
    closing_note_language = models.CharField(max_length=2, default="en")
    subject = models.CharField(_("about"), max_length=30, blank=True)
    visibility = models.CharField(
        _("who may read it"), max_length=8, choices=Part.choices, default=Part.ROSTER
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ("due", "pk")
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(fields=["group", "year", "number"], name="meetings_actionitem_number"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False), name="meetings_actionitem_closed_when"
            ),
        ]
        indexes = [
            models.Index(fields=["follower", "state", "due"], name="meetings_actions_of_person"),
            models.Index(fields=["group", "state", "due"], name="meetings_actions_of_group"),
            GinIndex(words_in(*ACTION_WORDS), name="meetings_action_words"),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        return reverse("meetings:action-detail", args=[self.group.slug, self.identifier])

    @property
    def identifier(self) -> str:
        """NUR-2026-A05."""
        return f"{self.group.code}-{self.year}-A{self.number:02d}"

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due < timezone.localdate()
