"""What is to be spoken of, and what was said of it: an item carries its own note, so two people may write at once."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member, is_staff
from iqn.searching import words_in
from workgroups.groups.choices import Part
from workgroups.meetings.choices import ItemState, ProposalState, Purpose
from workgroups.meetings.models.decision import TOLD

ITEM_WORDS = ("title", "description", "note")


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items of which this reader may know the title. `shows_note` says whether the note too, `shows_agenda` whether
        what the item is about: the agenda is for members, the note for whom it says, once it is circulated."""
        from workgroups.groups.models import Group  # noqa: PLC0415

        if is_staff(user):
            return self.annotate(shows_note=Value(True), shows_agenda=Value(True))
        levels = [Part.PUBLIC, Part.MEMBERS] if is_member(user) else [Part.PUBLIC]
        note = Q(meeting__outcome_state__in=TOLD, visibility__in=levels)
        agenda: Any = Value(is_member(user))
        person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
        if person is not None:
            own = Q(meeting__group__in=Group.objects.of_person(person))
            note |= own
            agenda = agenda if is_member(user) else ExpressionWrapper(own, BooleanField())
        rows = self if is_member(user) else self.filter(note)
        return rows.annotate(shows_note=ExpressionWrapper(note, BooleanField()), shows_agenda=agenda)


class AgendaItem(models.Model):
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True, max_length=4000)  # Markdown
    language = models.CharField(_("language of the text"), max_length=2, default="en")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.DISCUSS)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    presenter = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("presenter"),
    )  # fmt: skip
    presenter_name = models.CharField(_("presenter from outside"), max_length=120, blank=True)
    function = models.ForeignKey(
        "groups.Function", null=True, blank=True, on_delete=models.PROTECT, related_name="items",
        verbose_name=_("function"),
    )  # fmt: skip
    subject = models.CharField(
        _("about"), max_length=30, blank=True
    )  # a permanent identifier, such as IQN-0231
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to", editable=False
    )
    about_action = models.ForeignKey(
        "meetings.ActionItem", null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items",
        editable=False,
    )  # fmt: skip
    approves = models.ForeignKey(
        "meetings.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="approval_items",
        editable=False,
    )  # fmt: skip # this item approves the outcomes of that meeting
    papers = models.ManyToManyField(
        "groups.Document", blank=True, related_name="items", verbose_name=_("papers")
    )  # each reader sees those that they may read
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.OPEN)
    note = models.TextField(_("note"), blank=True, max_length=10000)  # Markdown
    note_language = models.CharField(max_length=2, default="en")
    visibility = models.CharField(
        _("who may read the note"), max_length=8, choices=Part.choices, default=Part.ROSTER
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        indexes = [
            models.Index(fields=["meeting", "position"], name="meetings_agenda"),
            GinIndex(words_in(*ITEM_WORDS), name="meetings_agenda_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def group(self):
        return self.meeting.group


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=(ProposalState.PROPOSED, ProposalState.PARKED))

    def visible_to(self, user):
        """Those on the roster of a group see its proposals, and the proposer sees what became of theirs."""
        from workgroups.groups.models import Group  # noqa: PLC0415

        if is_staff(user):
            return self
        person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
        if person is None:
            return self.none()
        return self.filter(Q(group__in=Group.objects.of_person(person)) | Q(proposer=person))


class Proposal(models.Model):
    """Somebody asks for an item; its fate is told, with a reason."""

    group = models.ForeignKey("groups.Group", on_delete=models.PROTECT, related_name="proposals")
    proposer = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("why, and what the meeting should do"), max_length=4000)
    language = models.CharField(_("language of the text"), max_length=2, default="en")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices, default=Purpose.DISCUSS)
    subject = models.CharField(_("about"), max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    reason_language = models.CharField(max_length=2, default="en")
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal", editable=False
    )
    decided_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("declined", "answered", "parked")) | ~Q(reason=""),
                name="meetings_proposal_no_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
