"""allauth's forms in the portal's words and look. What they do is left as it is."""

from __future__ import annotations

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.forms import PortalFormMixin
from members.passwords import ensure_not_guessable, own_words

EMAIL = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
NEW_PASSWORD_HINT = _("At least 12 characters. Several words that do not belong together are easy to remember.")
CODE_ATTRS = {"autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
DIGITS_ATTRS = {"inputmode": "numeric", "spellcheck": "false", "class": "input--code"}


class AccountFormMixin(PortalFormMixin):
    """Labels and hints of our own, no placeholder, one box for a new password instead of two."""

    words: dict[str, tuple] = {}  # field: label, hint
    attrs: dict[str, dict[str, str]] = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]
            classes = [self.attrs.get(name, {}).get("class"), "input" if _is_box(field.widget) else None]
            field.widget.attrs.update(self.attrs.get(name, {}))
            if any(classes):
                field.widget.attrs["class"] = " ".join(filter(None, classes))


def _is_box(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.widgets.Input) and not isinstance(
        widget, (forms.CheckboxInput, forms.HiddenInput)
    )


class SignupForm(AccountFormMixin, account.SignupForm):
    """Who you are, before anything about membership is asked."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]
    words = {
        "name": (_("Your name"), _("As colleagues know you.")),
        "email": (EMAIL, _("We send a code to it. An address at work helps staff to recognize you.")),
        "password1": (PASSWORD, NEW_PASSWORD_HINT),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # People never see this field; programs that fill in every field give themselves away
        self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD] = forms.CharField(
            required=False,
            label=_("Leave this field empty"),
            template_name="forms/honeypot.html",
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

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


class AddPasskeyForm(AccountFormMixin, webauthn.AddWebAuthnForm):
    words = {
        "name": (pgettext_lazy("passkey", "Name"), _("So that you recognize it: “work laptop”, “blue key”.")),
        "passwordless": (
            _("Sign in with this passkey alone"),
            _("Without a password; the device then asks for your fingerprint, face or PIN."),
        ),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs.update(maxlength="60", autocomplete="off")


class EditPasskeyForm(AccountFormMixin, webauthn.EditWebAuthnForm):
    words = {"name": AddPasskeyForm.words["name"]}
    attrs = {"name": {"maxlength": "60", "autocomplete": "off"}}
