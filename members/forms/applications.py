"""The one-page application, the answer to a question, and what staff write when they decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.forms import LineField, ParagraphsField, PortalForm
from iqn.pages.models import Page
from iqn.reference.models import Jurisdiction, Occupation, StakeholderType
from members.choices import Language
from members.models import MembershipApplication, Organization, Person
from members.models.application import LONGEST_MESSAGE


class ApplicationForm(PortalForm):
    organization = LineField(
        label=_("Your organization"), max_length=200,
        help_text=_("Begin to type and choose it, or write the full name of a new one."),
        widget=forms.TextInput(attrs={"list": "known-organizations", "autocomplete": "organization"}),
        error_messages={"required": _("Write the name of your organization.")},
    )  # fmt: skip
    organization_kind = forms.ModelChoiceField(
        StakeholderType.objects.filter(is_retired=False), label=_("Type of organization"), required=False,
        empty_label=_("Choose a type"),
        help_text=_("Only needed for an organization that is new here."),
    )  # fmt: skip
    role_title = LineField(
        label=_("Your role there"), max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Write your role in the organization.")},
    )  # fmt: skip
    occupation = forms.ModelChoiceField(
        Occupation.objects.filter(is_retired=False), label=_("Occupation that your work is about"), required=False,
        empty_label=_("Several, or none in particular"),
    )  # fmt: skip
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.filter(is_retired=False), label=_("Province or territory"),
        empty_label=_("Choose where you work"),
        help_text=_("Where you work. Choose “Pan-Canadian” for a national organization."),
        error_messages={"required": _("Choose a province, a territory or “Pan-Canadian”.")},
    )  # fmt: skip
    reason = ParagraphsField(
        label=_("Why you would like to join"), max_length=2000,
        help_text=_("Two or three sentences: what your work has to do with international qualifications."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say in two or three sentences why you would like to join.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of our letters to you"), choices=Language.own_first, widget=forms.RadioSelect
    )
    terms = forms.BooleanField(
        error_messages={"required": _("Agree to the terms to apply.")},
    )
    reference_name = LineField(
        label=_("Name of somebody who knows you"), max_length=120, required=False,
        help_text=_("A person in this field, a member or not."),
    )  # fmt: skip
    reference_email = forms.EmailField(
        label=_("Their e-mail address"), required=False,
        help_text=_("We send one message that asks to confirm. Nothing else happens with the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, person: Person, before: MembershipApplication | None = None, **kwargs) -> None:
        self.person = person
        kwargs["initial"] = {**_from_earlier(before), "language": reading_language()}
        super().__init__(*args, **kwargs)
        for name in ("occupation", "jurisdiction"):
            self.fields[name].queryset = self.fields[name].queryset.in_reading_order()
        self.fields["terms"].label = _terms_label()

    def clean_organization(self) -> str:
        name = self.cleaned_data["organization"]
        self.known_organization = Organization.objects.known_to(self.person).named(name)
        return name

    def clean_reference_email(self) -> str:
        address = self.cleaned_data["reference_email"].lower()
        if address and self.person.user is not None and address == self.person.user.email:
            raise forms.ValidationError(
                _("Name somebody else: this is your own address."), code="own_address"
            )
        return address

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("organization") and not self.known_organization:
            self._want_kind(data)
        self._want_both_or_none(data)
        return data

    def _want_kind(self, data: dict[str, Any]) -> None:
        if not data.get("organization_kind") and "organization_kind" not in self.errors:
            self.add_error("organization_kind", _("We do not know this organization yet: choose its type."))

    def _want_both_or_none(self, data: dict[str, Any]) -> None:
        name, address = data.get("reference_name"), data.get("reference_email")
        if address and not name and "reference_name" not in self.errors:
            self.add_error("reference_name", _("Write the name of the person too."))
        if name and not address and "reference_email" not in self.errors:
            self.add_error("reference_email", _("Write the address of the person too, so that we can ask."))

    @property
    def has_reference(self) -> bool:
        """Is there something in the folded part that should be seen?"""
        return any(self[name].value() or self[name].errors for name in ("reference_name", "reference_email"))

    def suggestions(self) -> list[str]:
        """Names of known organizations in the language of the page."""
        return Organization.objects.names_to_offer(reading_language())

    def for_action(self) -> dict[str, Any]:
        """The plain values that `actions.applications.apply` wants."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("organization", "terms")
        }
        return {"organization_name": self.cleaned_data["organization"], **values}


class AnswerForm(PortalForm):
    text = ParagraphsField(
        label=_("Your answer"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer.")},
    )  # fmt: skip


def _from_earlier(before: MembershipApplication | None) -> dict[str, Any]:
    """Whoever applies again does not type everything again."""
    if before is None:
        return {}
    return {
        "organization": str(before.organization),
        "organization_kind": before.organization.kind_id,
        "role_title": before.role_title,
        "occupation": before.occupation_id,
        "jurisdiction": before.jurisdiction_id,
    }


def _terms_label() -> str:
    """Links to what one agrees to; without a link while the page is not published."""
    page = Page.objects.filter(key="terms", is_published=True).first()
    label = gettext("I agree to the {terms} and will follow the {guidelines}.")
    terms, guidelines = (
        pgettext_lazy("I agree to …", "terms of use"),
        pgettext_lazy("will follow …", "guidelines for membership"),
    )
    linked_terms = format_html('<a href="{}">{}</a>', page.get_absolute_url(), terms) if page else terms
    return format_html(
        label,
        terms=linked_terms,
        guidelines=format_html('<a href="{}">{}</a>', reverse("pages:guidelines"), guidelines),
    )
