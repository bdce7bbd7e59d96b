"""Feedback of members on an initiative, by intent, with one level of replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import CommentKind, PostState
from iqn.access import is_member, is_staff
from iqn.bilingual import reading_language
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

    def threads(self):
        """First comments, without the replies."""
        return self.filter(parent__isnull=True)

    def questions_for_staff(self):
        """Questions about imported initiatives, which have no author, that nobody has answered yet; oldest first."""
        answers = Comment.objects.shown().filter(parent=OuterRef("pk"))
        return (
            self.shown()
            .threads()
            .filter(
                ~Exists(answers), kind=CommentKind.QUESTION, initiative__author__isnull=True,
                initiative__state=PostState.PUBLISHED,
            )
            .order_by("created_at", "pk")
        )  # fmt: skip


class Comment(models.Model):
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.PROTECT, related_name="comments"
    )
    # The first comment of the thread; `answers` is the reply within it that this one speaks to, if any
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="comments")
    author_organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # of that day
    kind = models.CharField(
        _("kind"), max_length=10, choices=CommentKind.choices, blank=True
    )  # replies have none
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
    hidden_reason_en = models.CharField(max_length=400, blank=True)
    hidden_reason_fr = models.CharField(max_length=400, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~(Q(hidden_reason_en="") | Q(hidden_reason_fr="")),
                name="initiatives_comment_hidden_why",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | ~Q(kind=""), name="initiatives_comment_thread_has_kind"
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(parent__isnull=False),
                name="initiatives_comment_answers_in_thread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Its own page, which shows it wherever it stands in a long list."""
        return reverse("initiatives:comment-detail", args=[self.initiative.identifier, self.pk])

    @property
    def anchor(self) -> str:
        return f"c{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.removed_at is None and self.hidden_at is None

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def thread_id(self) -> int:
        return self.parent_id or self.pk

    @property
    def accepts_replies(self) -> bool:
        return self.is_shown and self.initiative.accepts_comments

    @property
    def hidden_reason(self) -> str:
        return self.hidden_reason_fr if reading_language() == "fr" else self.hidden_reason_en
