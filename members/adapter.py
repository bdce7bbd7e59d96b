"""Where allauth meets the portal: mail through the ledger, the way after sign-in, encrypted seeds."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from iqn.bilingual import reading_language
from iqn.mail import sending
from members.actions import account
from members.models import Person, User

CODES_LAST = timedelta(minutes=10)  # as the ACCOUNT_…_TIMEOUT settings say
# Letters with a code: of no use to anybody after a while
CODES = {"login_code", "email_confirmation", "email_confirmation_signup", "password_reset_code"}
# Letters that tell what happened; these too are wiped once sent, because they name a device and its address
NOTICES = {
    "account_already_exists", "unknown_account", "email_changed", "email_deleted", "password_changed",
    "password_reset", "password_set", "recovery_codes_generated", "totp_activated", "totp_deactivated",
    "webauthn_added", "webauthn_removed",
}  # fmt: skip
# Where nobody wants to come back to after signing in
ENTRANCES = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_reset_password",
    "account_inactive",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("You sign in with this address. Choose another one for that first."),
        "duplicate_email": _("This address is yours already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This code is not right. Compare it with the latest e-mail."),
        "incorrect_password": _("This password is not right."),
        "max_email_addresses": _("You may have %d addresses at most. Remove one first."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests in a short time. Wait a minute, then try again."),
        "unverified_primary_email": _("Confirm this address with a code before you sign in with it."),
    }

    def save_user(self, request, user: User, form, commit: bool = True) -> User:
        user = super().save_user(request, user, form, commit)
        account.register(user=user, name=form.cleaned_data["name"], language=reading_language())
        return user

    # Letters

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Every letter goes through the ledger, at once and wiped once sent; codes expire as well."""
        kind = template_prefix.rsplit("/", 1)[-1]
        if kind not in CODES | NOTICES:
            raise ValueError(f"{template_prefix} is not among the letters of the portal")
        message = self.render_mail(
            template_prefix,
            email,
            {
                "request": allauth_context.request,
                "email": email,
                "minutes": int(CODES_LAST.total_seconds() / 60),
                **context,
                "site_origin": settings.SITE_ORIGIN,
                "contact_email": settings.CONTACT_EMAIL,
            },
        )
        sending.queue_secret(
            f"accounts.{kind}",
            to=_person_of(email),
            address=email,
            language=reading_language(),
            subject=message.subject,
            text=message.body,
            expires_at=timezone.now() + CODES_LAST if kind in CODES else None,
        )

    # The way on

    def get_login_redirect_url(self, request) -> str:
        """Home; whoever never applied has nothing to do there and finds the application."""
        if request.user.standing is None and not request.user.is_staff:
            return reverse("members:application-apply")
        return reverse("portal:home")

    def get_signup_redirect_url(self, request) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Proving a further address is part of looking after one's addresses."""
        if self.request.user.is_authenticated and self.request.user.standing is not None:
            return reverse("account_email")
        return super().get_email_verification_redirect_url(email_address)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("mfa_index")

    def is_safe_url(self, url: str | None) -> bool:
        """Back to a page of ours only, and not to the doors of the house."""
        try:
            if not url or not super().is_safe_url(url):
                return False
            path = urlsplit(url).path
            with translation.override(translation.get_language_from_path(path) or reading_language()):
                return resolve(path).view_name not in ENTRANCES
        except (Resolver404, ValueError):  # ValueError: not even an address
            return False

    def is_login_by_code_required(self, login) -> bool:
        """Not for newcomers, whose address is proven by a code anyway, and never on top of a stronger second factor."""
        if login.signup or (login.user is not None and is_mfa_enabled(login.user)):
            return False
        return super().is_login_by_code_required(login)


def _person_of(email: str) -> Person | None:
    return (
        Person.objects.filter(user__emailaddress__email__iexact=email)
        .order_by("-user__emailaddress__verified")
        .first()
    )


def _fernet() -> MultiFernet:
    """Keys derived from the configured secrets, so that any long text serves as one."""
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
            for key in settings.ENCRYPTION_KEYS
        ]
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds of TOTP and recovery codes are kept encrypted: a copy of the database holds none."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Switch off the second factor before you add an address."),
        "cannot_delete_authenticator": _("This second factor cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": _("This code is not right, or it was used already."),
        "unverified_email": _("Confirm your e-mail address with a code before you set up a second factor."),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Printed into the page: the policy lets no data: address through."""
        svg = super().build_totp_svg(url)
        return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 (squares drawn by the library, nobody's text)

    def generate_authenticator_name(self, user, type) -> str:
        first = pgettext("passkey", "Passkey")
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"{first} {count + 1}" if count else first

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}
