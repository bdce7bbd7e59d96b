"""Feedback of members on an initiative, by intent, with one level of replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import CommentKind
from iqn.access import is_member, is_staff
from members.choices import Language


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members read comments on what they may read; the texts of removed and hidden ones stay out of sight."""
        from initiatives.models.initiative import Initiative  # noqa: PLC0415

        if not (is_member(user) or is_staff(user)):
            return self.none()
        return self.filter(initiative__in=Initiative.objects.visible_to(user))

    def shown(self):
        return self.filter(removed_at__isnull=True, hidden_at__isnull=True)


class Comment(models.Model):
    initiative = models.ForeignKey("initiatives.Initiative", on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="comments")
    author_organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # of that day
    kind = models.CharField(_("kind"), max_length=10, choices=CommentKind.choices)
    text = models.TextField(_("comment"), max_length=5000)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)  # by the author
    hidden_at = models.DateTimeField(null=True, blank=True)  # by staff
    hidden_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hidden_reason = models.CharField(max_length=400, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""), name="initiatives_comment_hidden_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return f"{self.initiative.get_absolute_url()}#c{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.removed_at is None and self.hidden_at is None
