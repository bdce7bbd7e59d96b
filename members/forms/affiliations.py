"""A change at work: which organization ends, which begins, and on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.forms import LineField, PortalForm
from iqn.reference.models import StakeholderType
from members.choices import EmployerChange
from members.models import Affiliation, Organization, Person

EARLIEST = date(1950, 1, 1)


class EmployerForm(PortalForm):
    change = forms.ChoiceField(
        label=_("What changed"), choices=EmployerChange.choices, widget=forms.RadioSelect,
        initial=EmployerChange.MOVED,
    )  # fmt: skip
    ended = forms.ModelChoiceField(
        label=_("Organization that you left"),
        queryset=Affiliation.objects.none(),
        required=False,
        empty_label=None,
    )
    organization = LineField(
        label=_("Organization where you work now"), max_length=200, required=False,
        help_text=_("Begin to type and choose it, or write the full name of a new one."),
        widget=forms.TextInput(attrs={"list": "known-organizations", "autocomplete": "organization"}),
    )  # fmt: skip
    kind = forms.ModelChoiceField(
        label=_("Type of organization"), queryset=StakeholderType.objects.filter(is_retired=False), required=False,
        help_text=_("Only needed for an organization that is new here."),
    )  # fmt: skip
    title = LineField(label=_("Your role there"), max_length=150, required=False)
    day = forms.DateField(
        label=_("Since which day"), help_text=_("Year, month and day, such as 2026-03-13."),
        widget=forms.DateInput(attrs={"class": "input--m", "inputmode": "numeric"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as year-month-day, such as 2026-03-13.")},
    )  # fmt: skip

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended"].queryset = person.current_affiliations().select_related("organization")
        self.fields["ended"].label_from_instance = lambda affiliation: str(affiliation.organization)
        self.fields["day"].initial = timezone.localdate()

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not in the future."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Choose a day in 1950 or later."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        change = values.get("change")
        if change in (EmployerChange.MOVED, EmployerChange.ALSO) and not values.get("organization"):
            self._missing("organization", _("Name the organization where you work now."))
        if change in (EmployerChange.MOVED, EmployerChange.ENDED) and not values.get("ended"):
            self._missing("ended", _("Choose the organization that you left."))
        return values  # type: ignore[return-value]

    def _missing(self, field: str, sentence) -> None:
        if field not in self.errors:
            self.add_error(field, sentence)

    def suggestions(self) -> list[str]:
        return Organization.objects.names_to_offer(reading_language())

    def values(self) -> dict[str, Any]:
        """What the action needs: only what belongs to the kind of change."""
        values = dict(self.cleaned_data)
        change = values.pop("change")
        if change == EmployerChange.ALSO:
            values["ended"] = None
        if change == EmployerChange.ENDED:
            values["organization"] = ""
        return values
