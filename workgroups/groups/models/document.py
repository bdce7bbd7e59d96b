"""What a group keeps for itself, for members, or for everybody: a file in its versions, with an address for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member, is_staff
from workgroups.groups.choices import Part
from workgroups.groups.models.group import Group


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everything to the roster and staff; to others as far as its own visibility goes. What was withdrawn keeps its
        page, without the files, for whoever could read them."""
        if is_staff(user):
            return self
        levels = [Part.PUBLIC, Part.MEMBERS] if is_member(user) else [Part.PUBLIC]
        shown = Q(visibility__in=levels)
        person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
        if person is not None:
            shown |= Q(group__in=Group.objects.of_person(person))
        return self.filter(shown)

    def current(self):
        return self.filter(withdrawn_at__isnull=True)

    def with_files(self):
        return self.select_related("files", "group").prefetch_related("files__uploads__uploaded_by")

    def latest_first(self):
        return self.order_by("-changed_at", "-pk")


class Document(models.Model):
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField(editable=False)
    files = models.OneToOneField("files.FileSet", on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(
        _("who may read it"), max_length=8, choices=Part.choices, default=Part.ROSTER
    )
    added_by = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="documents", editable=False
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # when its newest file came
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("reason"), max_length=400, blank=True)
    withdrawal_language = models.CharField(max_length=2, default="en")
    version = models.PositiveIntegerField(
        default=1, editable=False
    )  # of what the page says, not of the files

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="groups_document_number"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="groups_document_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        return reverse("groups:document-detail", args=[self.group.slug, self.identifier])

    @property
    def identifier(self) -> str:
        """NUR-DOC-03."""
        return f"{self.group.code}-DOC-{self.number:02d}"

    @property
    def title(self) -> str:
        return self.files.title

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
