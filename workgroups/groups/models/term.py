"""Who holds a seat, in which role, from when until when. Rows end; they are never overwritten."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workgroups.groups.choices import RUNNING_ROLES, GroupKind, Role


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class TermQuerySet(models.QuerySet):
    def on(self, day: date):
        """Held on that day, on a seat that exists on that day."""
        return self.filter(since__lte=day, seat__since__lte=day).filter(
            Q(until__isnull=True) | Q(until__gt=day), Q(seat__until__isnull=True) | Q(seat__until__gt=day)
        )

    def current(self):
        return self.on(timezone.localdate())

    def of(self, person):
        return self.filter(person=person)

    def at_the_table_of(self, group):
        own = Q(seat__group=group)
        return self.filter(own | Q(seat__group__isnull=True) if group.kind == GroupKind.WORK_GROUP else own)

    def running(self):
        return self.filter(role__in=RUNNING_ROLES)

    def co_chairs(self):
        return self.filter(role=Role.CO_CHAIR)

    def for_roster(self):
        """In the order of a roster: by stakeholder type, then by name; with everything that a row shows."""
        return self.select_related(
            "person__user", "seat__group", "seat__organization", "seat__stakeholder_type"
        ).order_by("seat__stakeholder_type__order", "seat__pk", "role", "person__sort_name", "pk")


class Term(models.Model):
    seat = models.ForeignKey(
        "groups.Seat", on_delete=models.PROTECT, related_name="terms", verbose_name=_("seat")
    )
    person = models.ForeignKey(
        "members.Person", on_delete=models.PROTECT, related_name="terms", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)  # the first day on which it no longer holds
    email = models.EmailField(_("address for letters"), blank=True)  # of a person without an account
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="groups_term_ends_after_start"
            ),
            ExclusionConstraint(
                name="groups_term_no_overlap",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="groups_term_of_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def is_running(self) -> bool:
        return self.role in RUNNING_ROLES

    @property
    def address(self) -> str:
        """Where letters about the group go: the account's address, or what was given for a person without one."""
        user = self.person.user
        if user is not None:
            return user.email if user.is_active else ""
        return self.email


class RosterInvitation(models.Model):
    """Asks somebody on a roster to make an account; accepting it joins the two."""

    person = models.ForeignKey("members.Person", on_delete=models.CASCADE, related_name="roster_invitations")
    email = models.EmailField()
    invited_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return f"{self.person} ({self.sent_at:%Y-%m-%d})"
