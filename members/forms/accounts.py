"""allauth's forms in the portal's words and look. What they do is left as it is."""

from __future__ import annotations

import struct

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.forms import LineField, PortalFormMixin, is_box
from members.passwords import ensure_not_guessable, own_words

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
# What is said beside a field that was left empty
MISSING = {
    "name": _("Enter a name."),
    "email": _("Enter an e-mail address."),
    "login": _("Enter your e-mail address."),
    "password": _("Enter your password."),
    "oldpassword": _("Enter your current password."),
    "password1": _("Choose a password."),
    "code": _("Enter the code."),
}
NOT_AN_ADDRESS = _("Enter an address such as name@example.org.")
NEW_PASSWORD_HINT = _(
    "At least 12 characters. Several words that do not belong together are easy to remember."
)
LONGEST_NAME = 60  # of a passkey
LONGEST_ADDRESS = 254  # RFC 5321, and our columns
CODE_ATTRS = {"autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
DIGITS_ATTRS = {"inputmode": "numeric", "spellcheck": "false", "class": "input--code"}


def keep_short(field: forms.EmailField) -> None:
    """Django's own field takes addresses that no column holds, and no mail server."""
    others = [check for check in field.validators if not isinstance(check, MaxLengthValidator)]
    field.validators = [*others, MaxLengthValidator(LONGEST_ADDRESS)]
    field.widget.attrs["maxlength"] = str(LONGEST_ADDRESS)


class AccountFormMixin(PortalFormMixin):
    """Labels and hints of our own, no placeholder, one box for a new password instead of two."""

    words: dict[str, tuple] = {}  # field: label, hint
    attrs: dict[str, dict[str, str]] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = MISSING.get(name, field.error_messages["required"])
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_ADDRESS
                keep_short(field)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            classes = [self.attrs.get(name, {}).get("class"), "input" if is_box(field.widget) else None]
            field.widget.attrs.update(self.attrs.get(name, {}))
            if any(classes):
                field.widget.attrs["class"] = " ".join(filter(None, classes))


class SignupForm(AccountFormMixin, account.SignupForm):
    """Who you are, before anything about membership is asked."""

    name = LineField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]
    words = {
        "name": (_("Your name"), _("As colleagues know you.")),
        "email": (EMAIL, _("We send a code to it. An address at work helps staff to recognize you.")),
        "password1": (PASSWORD, NEW_PASSWORD_HINT),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # People never see this field; programs that fill in every field give themselves away
        self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD] = forms.CharField(  # type: ignore[call-arg]
            required=False,
            label=_("Leave this field empty"),
            template_name="forms/honeypot.html",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

    def try_save(self, request):
        """Where no account is made, a password is hashed all the same: the time that it takes must not tell that the
        address is known."""
        user, response = super().try_save(request)
        if user is None:
            make_password(self.cleaned_data["password1"])
        return user, response

    def clean(self) -> dict:
        cleaned = super().clean()
        name, password = cleaned.get("name"), cleaned.get("password1")
        if name and password and "password1" not in self.errors:
            try:
                ensure_not_guessable(password, own_words(name=name, email=cleaned.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class LoginForm(AccountFormMixin, account.LoginForm):
    words = {"login": (EMAIL, ""), "password": (PASSWORD, "")}
    # A password manager knows this pair
    attrs = {"login": {"autocomplete": "username"}}


class ReauthenticateForm(AccountFormMixin, account.ReauthenticateForm):
    words = {"password": (PASSWORD, "")}


class AddEmailForm(AccountFormMixin, account.AddEmailForm):
    words = {"email": (_("Another e-mail address"), _("We send a code to it."))}


class ChangePasswordForm(AccountFormMixin, account.ChangePasswordForm):
    words = {"oldpassword": (_("Current password"), ""), "password1": (NEW_PASSWORD, NEW_PASSWORD_HINT)}


class SetPasswordForm(AccountFormMixin, account.SetPasswordForm):
    words = {"password1": (NEW_PASSWORD, NEW_PASSWORD_HINT)}


class ResetPasswordForm(AccountFormMixin, account.ResetPasswordForm):
    words = {"email": (EMAIL, _("The address that you sign in with."))}


class ResetPasswordKeyForm(AccountFormMixin, account.ResetPasswordKeyForm):
    words = {"password1": (NEW_PASSWORD, NEW_PASSWORD_HINT)}


class MailedCodeMixin(AccountFormMixin):
    words = {"code": (_("Code from the e-mail"), _("Eight letters; capitals and the dash do not matter."))}
    attrs = {"code": CODE_ATTRS}


class ConfirmLoginCodeForm(MailedCodeMixin, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(MailedCodeMixin, account.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(MailedCodeMixin, account.ConfirmPasswordResetCodeForm):
    pass


class AppOrRecoveryCodeMixin(AccountFormMixin):
    words = {
        "code": (
            _("Code from the app, or a recovery code"),
            _("Six digits that change every half minute, or one of the codes that you keep for emergencies."),
        )
    }
    attrs = {"code": DIGITS_ATTRS}


class AuthenticateForm(AppOrRecoveryCodeMixin, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(AppOrRecoveryCodeMixin, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(AccountFormMixin, totp.ActivateTOTPForm):
    words = {"code": (_("Code that the app shows"), _("Six digits that change every half minute."))}
    attrs = {"code": DIGITS_ATTRS}


class CredentialField(forms.JSONField):
    """What the browser says about a passkey: JSON of modest size."""

    widget = forms.HiddenInput
    MOST = 20_000  # characters; the largest attestations have some 8,000

    def to_python(self, value):
        if isinstance(value, str) and len(value) > self.MOST:
            raise _not_a_passkey()
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise _not_a_passkey() from error

    def bound_data(self, data, initial):
        """Good for one try: never printed into the page again."""


def _not_a_passkey() -> forms.ValidationError:
    return forms.ValidationError(_("The passkey was not read. Try again."), code="not_a_passkey")


# What allauth and its library raise over a credential that no browser made
DAMAGED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


class UsePasskeyMixin(AccountFormMixin):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def clean_credential(self):
        try:
            return super().clean_credential()
        except DAMAGED as error:
            raise _not_a_passkey() from error


class LoginPasskeyForm(UsePasskeyMixin, webauthn.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(UsePasskeyMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(UsePasskeyMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AccountFormMixin, webauthn.AddWebAuthnForm):
    words = {
        "name": (pgettext_lazy("passkey", "Name"), _("So that you recognize it: “work laptop”, “blue key”.")),
        "passwordless": (
            _("Sign in with this passkey alone"),
            _("Without a password; the device then asks for your fingerprint, face or PIN."),
        ),
    }
    attrs = {"name": {"maxlength": str(LONGEST_NAME), "autocomplete": "off"}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()
        self.fields["passwordless"].initial = True

    def clean_name(self) -> str:
        return super().clean_name()[:LONGEST_NAME]

    def clean(self) -> dict:
        try:
            return super().clean()
        except DAMAGED as error:
            raise _not_a_passkey() from error


class EditPasskeyForm(AccountFormMixin, webauthn.EditWebAuthnForm):
    words = {"name": AddPasskeyForm.words["name"]}
    attrs = AddPasskeyForm.attrs

    def clean_name(self) -> str:
        return self.cleaned_data["name"][:LONGEST_NAME]
