"""Registration: who you are, before anything about membership is asked."""

from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.models import Person


class SignupForm(AllauthSignupForm):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As colleagues know you."),
    )  # fmt: skip
    field_order = ["name", "email", "password1"]

    def custom_signup(self, request, user) -> None:
        Person.objects.create(
            user=user, name=" ".join(self.cleaned_data["name"].split()), language=(get_language() or "en")[:2]
        )
