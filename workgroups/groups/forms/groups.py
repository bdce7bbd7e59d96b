"""Facts of a group and its status."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.dates import is_partial_date
from iqn.forms import LineField, ParagraphsField, PortalForm
from iqn.reference.models import Occupation
from workgroups.groups.choices import GroupStatus
from workgroups.groups.models import Function, Group

ZONES = (
    "America/St_Johns", "America/Halifax", "America/Moncton", "America/Toronto", "America/Winnipeg", "America/Regina",
    "America/Edmonton", "America/Vancouver", "America/Whitehorse",
)  # fmt: skip


def _text(label: Any, language: str, *, most: int, rows: int, required: bool = True) -> ParagraphsField:
    return ParagraphsField(
        label=label, max_length=most, required=required,
        widget=forms.Textarea(attrs={"rows": rows, "lang": language}),
    )  # fmt: skip


class GroupForm(PortalForm):
    """Validates only: actions.group saves. `version` is the one the reader saw."""

    name_en = LineField(
        label=_("Name in English"), max_length=150, widget=forms.TextInput(attrs={"lang": "en"})
    )
    name_fr = LineField(
        label=_("Name in French"), max_length=150, widget=forms.TextInput(attrs={"lang": "fr"})
    )
    mandate_en = _text(_("Mandate in English"), "en", most=2000, rows=5)
    mandate_fr = _text(_("Mandate in French"), "fr", most=2000, rows=5)
    founded = LineField(
        label=_("Founded"), max_length=10, required=False,
        help_text=_("Such as 2013, 2013-03 or 2013-03-13. Only where a source says so."),
        widget=forms.TextInput(attrs={"class": "input--m"}),
    )  # fmt: skip
    occupations = forms.ModelMultipleChoiceField(
        Occupation.objects.filter(is_retired=False), label=_("Occupations"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    functions = forms.ModelMultipleChoiceField(
        Function.objects.filter(is_retired=False), label=_("Functions"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[])
    contact = LineField(
        label=_("Contact"), max_length=200, required=False, help_text=_("A role rather than a person, if you can."),
    )  # fmt: skip
    contact_email = forms.EmailField(label=_("Address of the group"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, *, group: Group, **kwargs) -> None:
        names = [name for name in self.base_fields if name not in ("occupations", "functions")]
        initial: dict[str, Any] = {name: getattr(group, name) for name in names}
        initial |= {"occupations": group.occupations.all(), "functions": group.functions.all()}
        super().__init__(data, initial=initial, **kwargs)
        zones = [group.time_zone, *(zone for zone in ZONES if zone != group.time_zone)]
        self.fields["time_zone"].choices = [
            (z, z.replace("_", " ")) for z in zones if z in available_timezones()
        ]

    def clean_founded(self) -> str:
        founded = self.cleaned_data["founded"]
        if founded and not is_partial_date(founded):
            raise forms.ValidationError(
                _("Write a year, a month or a day, such as 2013, 2013-03 or 2013-03-13.")
            )
        return founded

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StatusForm(PortalForm):
    status = forms.ChoiceField(label=_("Status"), choices=GroupStatus.choices, widget=forms.RadioSelect)
    closing_note_en = _text(_("Closing note in English"), "en", most=4000, rows=4, required=False)
    closing_note_fr = _text(_("Closing note in French"), "fr", most=4000, rows=4, required=False)
