"""What those who run a group wrote to everybody on its roster. Sent when it is written, and never changed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Announcement(models.Model):
    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="announcements")
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=10000)  # Markdown
    language = models.CharField(_("language of the text"), max_length=2)
    sent_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="announcements")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    letters = models.PositiveIntegerField(default=0, editable=False)  # how many people it was written to

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.subject
