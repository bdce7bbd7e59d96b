"""Where allauth meets the portal: mail through the ledger, the way after sign-in, encrypted seeds."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from iqn.mail import sending

SECRET_LASTS = timedelta(minutes=10)


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Every letter goes through the ledger; codes and links are secrets there."""
        language = (get_language() or "en")[:2]
        user = context.get("user")
        message = self.render_mail(
            template_prefix, email, {"request": allauth_context.request, "email": email, **context}
        )
        sending.queue_secret(
            f"accounts.{template_prefix.rsplit('/', 1)[-1]}",
            to=getattr(user, "person", None),
            address=email,
            language=language,
            subject=message.subject,
            text=message.body,
            expires_at=timezone.now() + SECRET_LASTS if "code" in context or "password_reset_url" in context else None,
        )

    def is_login_by_code_required(self, login) -> bool:
        """Never a mailed code on top of a stronger second factor."""
        from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415 (needs the app registry)

        return super().is_login_by_code_required(login) and not is_mfa_enabled(login.user)

    def get_login_redirect_url(self, request) -> str:
        return reverse("portal:home")


def _fernet() -> MultiFernet:
    """Keys derived from the configured secrets, so that any long text serves as one."""
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in settings.ENCRYPTION_KEYS]
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seeds of TOTP and recovery codes are kept encrypted: a copy of the database holds none."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()
