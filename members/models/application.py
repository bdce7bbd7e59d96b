"""A membership is the latest application of a person: applied, needs information, approved, declined, left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.access import is_staff
from iqn.bilingual import OfficialText, OfficialTextQuerySet
from iqn.pages.models import Clause
from members import transitions
from members.choices import Language, MembershipState, MessageKind

WAITING = (MembershipState.APPLIED, MembershipState.NEEDS_INFORMATION)
DECIDED = (MembershipState.APPROVED, MembershipState.DECLINED)
REVERSIBLE_FOR = timedelta(hours=24)
LONGEST_MESSAGE = 4000  # characters of a question, an answer, a note
LONGEST_ADDITION = 1500  # characters that staff may add to a reason


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        if is_staff(user):
            return self
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(person__user=user)

    def latest_of(self, person):
        """The one that says where this person stands; None where nobody ever applied."""
        return self.filter(person=person).order_by("-submitted_at", "-pk").first()

    def waiting_for_staff(self):
        """Oldest first: what staff should decide next."""
        return self.filter(state=MembershipState.APPLIED).order_by("state_since", "pk")


class MembershipApplication(models.Model):
    person = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="applications")
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="later_attempts"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=MembershipState.choices, default=MembershipState.APPLIED
    )
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    changes = models.PositiveIntegerField(default=0, editable=False)  # counts transitions: names each letter
    submitted_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    organization = models.ForeignKey(
        "members.Organization", on_delete=models.PROTECT, related_name="applications",
        verbose_name=_("organization"),
    )  # fmt: skip
    role_title = models.CharField(_("role"), max_length=150)
    occupation = models.ForeignKey(
        "reference.Occupation", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("occupation")
    )
    jurisdiction = models.ForeignKey(
        "reference.Jurisdiction", on_delete=models.PROTECT, verbose_name=_("province or territory")
    )
    reason = models.TextField(_("reason"), max_length=2000)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    reference_name = models.CharField(_("who knows you"), max_length=120, blank=True)
    reference_email = models.EmailField(_("their e-mail"), blank=True)
    reference_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    # The clause as it read on the day of the decision
    decline_clause = models.CharField(max_length=10, blank=True, editable=False)
    decline_clause_text = models.TextField(blank=True, editable=False)
    decline_text = models.TextField(_("reason given"), blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("state_since", "pk")
        verbose_name = _("application for membership")
        verbose_name_plural = _("applications for membership")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=("applied", "needs_information", "approved")),
                name="members_application_one_open_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "declined")) | Q(decided_at__isnull=False),
                name="members_application_decided_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decline_clause=""), name="members_application_no_has_a_clause"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "state_since"], name="members_application_queue")]

    def __str__(self) -> str:
        return f"{self.person}, {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("members:application-status")

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def act_by(self):
        """The day by which the next one should act, None where nobody needs to."""
        return transitions.act_by(self.state, self.state_since)

    @property
    def can_be_reversed(self) -> bool:
        """A decision may be taken back for 24 hours."""
        return (
            self.state in DECIDED
            and self.decided_at is not None
            and timezone.now() - self.decided_at < REVERSIBLE_FOR
        )


class ApplicationMessage(models.Model):
    """A question of staff, an answer of the applicant, or a note that the applicant never sees."""

    application = models.ForeignKey(MembershipApplication, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    author = models.ForeignKey(
        "members.Person", null=True, on_delete=models.SET_NULL, related_name="application_messages"
    )
    text = models.TextField(max_length=LONGEST_MESSAGE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


@dataclass(frozen=True)
class DeclineWording:
    """What a "no" says: the reason, and the clause as it reads today, in the applicant's language."""

    clause: str
    clause_text: str
    text: str


class DeclineReason(OfficialText):
    """A reusable bilingual reason that names the clause of the guidelines it rests on."""

    official_fields = ("title", "text")

    key = models.SlugField(max_length=60, unique=True)
    clause = models.CharField(_("clause of the guidelines"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text to the applicant"))
    order = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(_("no longer offered"), default=False)
    loaded_fingerprint = models.CharField(max_length=16, blank=True, editable=False)  # the loader's last word

    objects = OfficialTextQuerySet.as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("reason for declining")
        verbose_name_plural = _("reasons for declining")

    def __str__(self) -> str:
        return self.title or self.key

    def wording(self, language: str, addition: str = "") -> DeclineWording | None:
        """None where the text or a clause in force is missing in this language."""
        text = (getattr(self, f"text_{language}") or "").strip()
        clause_text = Clause.objects.text_to_quote(self.clause, language)
        if not text or not clause_text:
            return None
        whole = f"{text}\n\n{addition.strip()}" if addition.strip() else text
        return DeclineWording(self.clause, clause_text, whole)


class PurgeCount(models.Model):
    """How many rows the schedule removed, so that the yearly figures stay true."""

    day = models.DateField()
    kind = models.CharField(max_length=60)
    removed = models.PositiveIntegerField()

    class Meta:
        ordering = ("-day", "kind")
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="members_purgecount_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.removed}"
