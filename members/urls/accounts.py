"""allauth's views under addresses in both languages; only those the portal uses are reachable."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path
from django.utils.translation import pgettext_lazy

from members.views.sign_out import SignOut


def _path(route: Any, view, name: str):
    return path(route, view, name=name)


urlpatterns = [
    _path(pgettext_lazy("address", "sign-in/"), account.login, "account_login"),
    _path(
        pgettext_lazy("address", "sign-in/code/"), account.confirm_login_code, "account_confirm_login_code"
    ),
    _path(pgettext_lazy("address", "sign-in/second-factor/"), mfa.authenticate, "mfa_authenticate"),
    _path(pgettext_lazy("address", "sign-in/trust/"), mfa.trust, "mfa_trust"),
    _path(pgettext_lazy("address", "sign-in/passkey/"), webauthn.login_webauthn, "mfa_login_webauthn"),
    _path(pgettext_lazy("address", "sign-out/"), SignOut.as_view(), "account_logout"),
    _path(pgettext_lazy("address", "inactive/"), account.account_inactive, "account_inactive"),
    _path(pgettext_lazy("address", "register/"), account.signup, "account_signup"),
    _path(
        pgettext_lazy("address", "register/code/"),
        account.email_verification_sent,
        "account_email_verification_sent",
    ),
    _path(pgettext_lazy("address", "confirm/"), account.reauthenticate, "account_reauthenticate"),
    _path(pgettext_lazy("address", "confirm/second-factor/"), mfa.reauthenticate, "mfa_reauthenticate"),
    _path(
        pgettext_lazy("address", "confirm/passkey/"),
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    _path(pgettext_lazy("address", "addresses/"), account.email, "account_email"),
    _path(pgettext_lazy("address", "password/"), account.password_change, "account_change_password"),
    _path(pgettext_lazy("address", "password/set/"), account.password_set, "account_set_password"),
    _path(pgettext_lazy("address", "password/reset/"), account.password_reset, "account_reset_password"),
    _path(
        pgettext_lazy("address", "password/reset/code/"),
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
    ),
    _path(
        pgettext_lazy("address", "password/reset/new/"),
        account.complete_password_reset,
        "account_complete_password_reset",
    ),
    _path(
        pgettext_lazy("address", "password/reset/done/"),
        account.password_reset_from_key_done,
        "account_password_reset_completed",
    ),
    _path(pgettext_lazy("address", "security/"), mfa.index, "mfa_index"),
    _path(pgettext_lazy("address", "security/app/on/"), totp.activate_totp, "mfa_activate_totp"),
    _path(pgettext_lazy("address", "security/app/off/"), totp.deactivate_totp, "mfa_deactivate_totp"),
    _path(
        pgettext_lazy("address", "security/recovery-codes/"),
        recovery_codes.view_recovery_codes,
        "mfa_view_recovery_codes",
    ),
    _path(
        pgettext_lazy("address", "security/recovery-codes/new/"),
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _path(
        pgettext_lazy("address", "security/recovery-codes/file/"),
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _path(pgettext_lazy("address", "security/passkeys/"), webauthn.list_webauthn, "mfa_list_webauthn"),
    _path(pgettext_lazy("address", "security/passkeys/new/"), webauthn.add_webauthn, "mfa_add_webauthn"),
    _path(
        pgettext_lazy("address", "security/passkeys/<int:pk>/remove/"),
        webauthn.remove_webauthn,
        "mfa_remove_webauthn",
    ),
    _path(
        pgettext_lazy("address", "security/passkeys/<int:pk>/"), webauthn.edit_webauthn, "mfa_edit_webauthn"
    ),
    _path(pgettext_lazy("address", "sessions/"), sessions.list_usersessions, "usersessions_list"),
]
