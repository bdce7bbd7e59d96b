"""What is added to approved outcomes: they themselves stay as they were."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("correction"), max_length=4000)
    language = models.CharField(max_length=2, default="en")
    by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)  # of the day
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.meeting}: {self.at:%Y-%m-%d}"
