"""One row per thing that happened. The sentence is kept as it read that day, so deleted targets still read well."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from iqn.access import is_staff
from iqn.bilingual import reading_language


class EventQuerySet(models.QuerySet):
    def about(self, target: models.Model):
        """The story of one object, oldest first."""
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_kind=kind, target_id=target.pk).order_by("at", "pk")

    def visible_to(self, user):
        """Ask only for targets that the user may see; events for staff alone are left out for everyone else."""
        return self if is_staff(user) else self.filter(for_staff=False)


class Event(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="acts"
    )
    actor_name = models.CharField(max_length=200, blank=True)  # as of that day; empty: the portal itself
    verb = models.CharField(max_length=80, db_index=True)  # such as "initiatives.initiative_published"
    sentence_en = models.CharField(max_length=500)
    sentence_fr = models.CharField(max_length=500)
    target_kind = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    for_staff = models.BooleanField(default=False)
    data = models.JSONField(
        default=dict, blank=True
    )  # a small reviewed dict, never whole rows or contact details

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["target_kind", "target_id", "at"], name="history_event_story")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return self.sentence_fr if reading_language() == "fr" else self.sentence_en
