"""Who said they would come, and who was there: with the organization of the day, which later changes do not touch."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from workgroups.meetings.choices import Answer, Presence


class InvitationAnswer(models.Model):
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="invitation_answers")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    delegate_name = models.CharField(_("who comes instead"), max_length=120, blank=True)
    delegate_organization = models.CharField(_("of which organization"), max_length=200, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("answered_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_invitationanswer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"


class Attendance(models.Model):
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="attendance"
    )  # empty: a guest
    name = models.CharField(_("name"), max_length=120)  # of the day
    title = models.CharField(_("role"), max_length=150, blank=True)  # of the day
    organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organization_name = models.CharField(_("organization"), max_length=200, blank=True)  # of the day
    # The same in French where that name was known; empty: there is only one name
    organization_name_fr = models.CharField(_("organization, in French"), max_length=200, blank=True)
    stakeholder_type = models.ForeignKey(
        "reference.StakeholderType", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=10, blank=True)  # on the roster, of the day
    presence = models.CharField(
        _("presence"), max_length=12, choices=Presence.choices, default=Presence.ABSENT
    )
    delegate_for = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)  # "I was there"
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="meetings_attendance_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_presence_display()}"

    @property
    def organization_shown(self) -> str:
        """The name of the day, in the reader's language."""
        return (reading_language() == "fr" and self.organization_name_fr) or self.organization_name

    @property
    def was_there(self) -> bool:
        return self.presence in (Presence.IN_PERSON, Presence.ONLINE)
