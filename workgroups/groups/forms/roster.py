"""Seats and terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.forms import LineField, PortalForm
from iqn.reference.models import StakeholderType
from members.choices import Language
from members.models import Organization, Person
from workgroups.groups.choices import Role, Scope
from workgroups.groups.forms.fields import DayField
from workgroups.groups.models import Group, Term


class SeatForm(PortalForm):
    organization = LineField(
        label=_("Organization for which it speaks"), max_length=200, required=False,
        help_text=_("Begin to type and choose it. Leave it empty for a seat that speaks for nobody but itself."),
        widget=forms.TextInput(attrs={"list": "known-organizations", "autocomplete": "off"}),
    )  # fmt: skip
    title = LineField(
        label=_("Title of the seat"), max_length=150, required=False,
        help_text=_("Only where the organization does not say enough, such as “Nurse educated abroad”."),
    )  # fmt: skip
    title_language = forms.ChoiceField(label=_("Language of the title"), choices=Language.choices)
    stakeholder_type = forms.ModelChoiceField(
        StakeholderType.objects.filter(is_retired=False), label=_("Type of stakeholder")
    )
    scope = forms.ChoiceField(
        label=_("Scope"), choices=Scope.choices, initial=Scope.PROVINCIAL, widget=forms.RadioSelect
    )
    since = DayField(label=_("Since"), initial=timezone.localdate)

    def clean_organization(self) -> Organization | None:
        name = self.cleaned_data["organization"]
        known = Organization.objects.filter(is_confirmed=True).named(name) if name else None
        if name and known is None:
            raise forms.ValidationError(
                _("No organization is known by this name. Choose one from the list, or ask staff to add it.")
            )
        return known

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("organization") and not values.get("title") and "organization" not in self.errors:
            self.add_error("organization", _("Name the organization, or give the seat a title."))
        return values  # type: ignore[return-value]

    def suggestions(self) -> list[str]:
        return Organization.objects.names_to_offer(reading_language())


class TermForm(PortalForm):
    """Who takes a seat: somebody who is or was on this roster, or somebody new by name and address."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Somebody who is or was at this table"), required=False,
        empty_label=_("Somebody else"),
    )  # fmt: skip
    name = LineField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False,
        help_text=_("Whoever has an account with this address is found by it. Others get letters of the group here."),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, initial=Role.MEMBER, widget=forms.RadioSelect
    )
    since = DayField(label=_("Since"), initial=timezone.localdate)
    until = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day on which it no longer holds; empty: open."),
    )

    def __init__(self, data=None, *, group: Group, **kwargs) -> None:
        super().__init__(data, **kwargs)
        seated = Term.objects.at_the_table_of(group).values("person")
        self.fields["person"].queryset = Person.objects.filter(pk__in=seated, is_shown_as_former_member=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("person") and not values.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose somebody from the list, or write a name."))
        return values  # type: ignore[return-value]


class EndForm(PortalForm):
    until = DayField(
        label=_("First day on which it no longer holds"), initial=timezone.localdate,
        help_text=_("Year, month and day, such as 2026-03-13. Rights end with that day."),
    )  # fmt: skip


class RoleForm(PortalForm):
    role = forms.ChoiceField(label=_("New role"), choices=Role.choices, widget=forms.RadioSelect)
    since = DayField(label=_("From this day on"), initial=timezone.localdate)
