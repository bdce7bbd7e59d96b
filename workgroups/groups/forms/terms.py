"""The next version of the terms of reference."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.forms import ParagraphsField, PortalForm
from iqn.reference.models import StakeholderType
from workgroups.groups.choices import Quorum
from workgroups.groups.forms.fields import DayField
from workgroups.groups.models import TermsOfReference

LONGEST = 20_000


class TermsOfReferenceForm(PortalForm):
    """Validates only; both languages are wanted at adoption, so that a draft may be half."""

    text_en = ParagraphsField(
        label=_("Text in English"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "en"}),
        help_text=_("Blank lines make paragraphs; **bold**, lists and links in Markdown are fine."),
    )  # fmt: skip
    text_fr = ParagraphsField(
        label=_("Text in French"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "fr"}),
    )  # fmt: skip
    expected_types = forms.ModelMultipleChoiceField(
        StakeholderType.objects.filter(is_retired=False), label=_("Voices expected at the table"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The roster shows those of them that nobody brings."),
    )  # fmt: skip
    quorum = forms.ChoiceField(label=_("Quorum"), choices=Quorum.choices, widget=forms.RadioSelect)
    quorum_count = forms.IntegerField(
        label=_("How many"), min_value=0, max_value=100, required=False,
        widget=forms.NumberInput(attrs={"class": "input--s"}),
    )  # fmt: skip

    def __init__(self, data=None, *, base: TermsOfReference | None, stamp: str, **kwargs) -> None:
        initial: dict[str, Any] = {"quorum": Quorum.NONE, "quorum_count": 0}
        if base is not None:
            names = ("text_en", "text_fr", "quorum", "quorum_count")
            initial = {name: getattr(base, name) for name in names}
            initial["expected_types"] = base.expected_types.all()
        super().__init__(data, initial=initial, **kwargs)
        self.fields["stamp"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=stamp)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not (values.get("text_en") or values.get("text_fr")) and not self.errors:
            self.add_error("text_en", _("Write the text in one language at least."))
        if values.get("quorum") in (Quorum.HEADS, Quorum.VOICES) and not values.get("quorum_count"):
            self.add_error("quorum_count", _("Say how many the quorum wants."))
        return values

    def values(self) -> dict[str, Any]:
        values = {name: value for name, value in self.cleaned_data.items() if name != "stamp"}
        counts = values["quorum"] != Quorum.NONE
        return {**values, "quorum_count": values["quorum_count"] if counts else 0}


class AdoptionForm(PortalForm):
    adopted_on = DayField(label=_("Adopted on"), initial=timezone.localdate)
    review_by = DayField(
        label=_("Review by"), required=False,
        help_text=_("From this day on the page says that the text is due to be read again."),
    )  # fmt: skip

    def clean_adopted_on(self) -> date:
        day = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        adopted, review = values.get("adopted_on"), values.get("review_by")
        if adopted and review and review <= adopted:
            self.add_error("review_by", _("Choose a day after the adoption."))
        return values  # type: ignore[return-value]
