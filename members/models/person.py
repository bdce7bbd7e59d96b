"""A person outlives the account: rosters, decisions and posts refer to people."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member, is_staff
from iqn.text import folded_key
from members.choices import Language, MembershipState, Visibility
from members.circles import share_a_circle


def sort_key(name: str) -> str:
    """The last word first, so that a list of people reads like a directory."""
    parts = name.split()
    return folded_key(" ".join([*parts[-1:], *parts[:-1]]))


class PersonQuerySet(models.QuerySet):
    def members(self):
        """People whose latest application is approved."""
        from members.models.application import MembershipApplication  # noqa: PLC0415

        own = MembershipApplication.objects.filter(person=OuterRef("pk"), state=MembershipState.APPROVED)
        return self.filter(Exists(own))

    def visible_to(self, user):
        """Members for members (with those who left under their name), everybody for staff, oneself always."""
        if is_staff(user):
            return self
        if not getattr(user, "is_authenticated", False):
            return self.none()
        oneself = Q(user=user)
        return (
            self.filter(oneself | (self._was_member() & Q(is_shown_as_former_member=False)))
            if is_member(user)
            else self.filter(oneself)
        )

    def _was_member(self) -> Q:
        """Members of today, and of other days: who has left keeps a page that says so."""
        from members.models.application import MembershipApplication  # noqa: PLC0415

        own = MembershipApplication.objects.filter(person=OuterRef("pk"))
        approved = Q(state=MembershipState.APPROVED) | Q(state=MembershipState.LEFT, decided_at__isnull=False)
        return Q(Exists(own.filter(approved)))

    def publicly_listed(self):
        """Members who chose to be shown to everyone on their organization's page."""
        return self.members().filter(is_listed_publicly=True)


class Person(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default="en"
    )
    languages = models.CharField(
        _("languages of work"), max_length=5, default="en",
        choices=[("en", _("English")), ("fr", _("French")), ("en,fr", _("English and French"))],
    )  # fmt: skip
    occupation = models.ForeignKey(
        "reference.Occupation", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("occupation")
    )
    jurisdiction = models.ForeignKey(
        "reference.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT,
        verbose_name=_("province or territory"),
    )  # fmt: skip
    about = models.TextField(_("about me"), blank=True, max_length=2000)
    about_language = models.CharField(
        _("language of this text"), max_length=2, choices=Language.choices, default="en"
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_email_visibility = models.CharField(
        _("who sees the e-mail"), max_length=10, choices=Visibility.choices, default=Visibility.STAFF
    )
    phone = models.CharField(_("telephone"), blank=True, max_length=40)
    phone_visibility = models.CharField(
        _("who sees the telephone"), max_length=10, choices=Visibility.choices, default=Visibility.STAFF
    )
    website = models.URLField(_("website"), blank=True)
    website_visibility = models.CharField(
        _("who sees the website"), max_length=10, choices=Visibility.choices, default=Visibility.STAFF
    )
    is_listed_publicly = models.BooleanField(
        _("show my name on my organization's public page"), default=False
    )
    accepts_messages = models.BooleanField(_("members may write to me through the portal"), default=True)
    is_shown_as_former_member = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonQuerySet.as_manager()

    CONTACT_FIELDS = ("contact_email", "phone", "website")

    class Meta:
        ordering = ("sort_name", "pk")
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="members_person_name_parts")]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args, **kwargs):
        self.sort_name = sort_key(self.name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:person-detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        return gettext("Former member") if self.is_shown_as_former_member else self.name

    def current_affiliations(self):
        return self.affiliations.current()

    @cached_property
    def is_member(self) -> bool:
        return self.applications.filter(state=MembershipState.APPROVED).exists()

    @property
    def can_be_written_to(self) -> bool:
        """Letters reach members who have an account and have not switched them off."""
        return self.accepts_messages and self._has_open_account and self.is_member

    @property
    def may_write_letters(self) -> bool:
        return self._has_open_account and (self.user.is_staff or self.is_member)

    @property
    def mail_address(self) -> str:
        """Where the portal's letters go; empty where the account is closed or gone. Asked when a letter is queued, and
        again when it is written."""
        return self.user.email if self._has_open_account else ""

    @property
    def _has_open_account(self) -> bool:
        return self.user is not None and self.user.is_active

    @property
    def _keeps_something_for_groups(self) -> bool:
        return any(getattr(self, f"{name}_visibility") == Visibility.GROUPS for name in self.CONTACT_FIELDS)

    def contact_details_for(self, user) -> list[tuple[str, str]]:
        """(field, value) of each contact detail that this reader may see."""
        own = getattr(user, "is_authenticated", False) and self.user_id == user.pk
        allowed = {Visibility.PUBLIC}
        if is_member(user):
            allowed.add(Visibility.MEMBERS)
        if own or is_staff(user):
            allowed |= set(Visibility)
        elif self._keeps_something_for_groups and share_a_circle(user, self):
            allowed.add(Visibility.GROUPS)
        return [
            (name, getattr(self, name))
            for name in self.CONTACT_FIELDS
            if getattr(self, name) and getattr(self, f"{name}_visibility") in allowed
        ]


class Consent(models.Model):
    """Which version of the terms somebody agreed to, and when. No address, no device."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    terms_version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("given_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(terms_version=""), name="members_consent_names_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.terms_version} ({self.given_at:%Y-%m-%d})"
