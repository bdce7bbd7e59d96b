"""The account: signs in by e-mail. Who somebody is stands in Person, what they may do in their membership."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.choices import STAFF_GROUP, MembershipState


class UserManager(BaseUserManager.from_queryset(models.QuerySet)):  # type: ignore[misc]
    def with_standing(self):
        """Everything a page asks of its reader, in one query: person, membership, staff, second factor."""
        from allauth.mfa.models import Authenticator  # noqa: PLC0415 (needs the app registry)

        from members.models.application import MembershipApplication  # noqa: PLC0415 (models of one app refer to each other)

        latest = MembershipApplication.objects.filter(person__user=OuterRef("pk")).order_by(
            "-submitted_at", "-pk"
        )
        in_staff = Group.objects.filter(user=OuterRef("pk"), name=STAFF_GROUP)
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=("totp", "webauthn"))
        return self.select_related("person").annotate(
            standing_in_row=Subquery(latest.values("state")[:1]),
            staff_in_row=Exists(in_staff),
            second_factor_in_row=Exists(factors),
        )

    def _create(self, email: str, password: str | None, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **extra):
        return self._create(email, password, **extra)

    def create_superuser(self, email: str, password: str | None = None, **extra):
        return self._create(email, password, is_superuser=True, **extra)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("registered"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="members_user_email_once")]

    def __str__(self) -> str:
        return self.email

    @cached_property
    def standing(self) -> str | None:
        """The state of the membership, None where nobody ever applied."""
        if "standing_in_row" in self.__dict__:
            return self.standing_in_row
        return type(self).objects.with_standing().values_list("standing_in_row", flat=True).get(pk=self.pk)

    @cached_property
    def _in_staff_group(self) -> bool:
        if "staff_in_row" in self.__dict__:
            return self.staff_in_row
        return self.groups.filter(name=STAFF_GROUP).exists()

    @property
    def is_staff(self) -> bool:
        """FCRO staff, by group; superusers too."""
        return self.is_active and (self.is_superuser or self._in_staff_group)

    @cached_property
    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey; recovery codes alone are none."""
        if "second_factor_in_row" in self.__dict__:
            return self.second_factor_in_row
        return self.authenticator_set.filter(type__in=("totp", "webauthn")).exists()

    @property
    def is_member(self) -> bool:
        return self.is_active and self.standing == MembershipState.APPROVED

    @property
    def language(self) -> str:
        return self.person.language if hasattr(self, "person") else "en"
