"""Reusable bilingual reasons for returning a posting to its author."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, OfficialTextQuerySet


class ReturnReason(OfficialText):
    official_fields = ("title", "text")

    key = models.SlugField(max_length=60, unique=True)
    clause = models.CharField(_("clause of the guidelines"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text to the author"))
    order = models.PositiveSmallIntegerField(default=0)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped row last loaded
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    objects = OfficialTextQuerySet.as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("reason for returning")
        verbose_name_plural = _("reasons for returning")

    def __str__(self) -> str:
        return self.title or self.key
