"""What a seat took home after a meeting, and what the organization answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportBack(models.Model):
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="report_backs")
    seat = models.ForeignKey("groups.Seat", on_delete=models.PROTECT, related_name="report_backs")
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="report_backs")
    sent_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("what the organization answered"), blank=True, max_length=4000)
    language = models.CharField(max_length=2, default="en")
    item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # where the answer stands on the next agenda

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="meetings_reportback_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.seat}"

    @property
    def group(self):
        return self.meeting.group
