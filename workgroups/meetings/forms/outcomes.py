"""Short forms about outcomes and actions."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.forms import DayInput, PortalForm
from workgroups.groups.choices import Part
from workgroups.groups.models import Function


class CorrectionForm(PortalForm):
    text = forms.CharField(
        label=_("Correction"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("Say what the record says and what is right. Your name and today’s date stand beside it."),
        error_messages={"required": _("Write the correction.")},
    )  # fmt: skip


class WrittenDecisionForm(PortalForm):
    text = forms.CharField(
        label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        error_messages={"required": _("Write what was decided.")},
    )  # fmt: skip
    decided_on = forms.DateField(
        label=_("Decided on"), widget=DayInput({"class": "input--m"}),
        error_messages={"required": _("Give the day of the decision.")},
    )  # fmt: skip
    rationale = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    dissent = forms.CharField(
        label=_("Dissent noted"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    function = forms.ModelChoiceField(
        label=pgettext_lazy("of a work group", "Function"), queryset=Function.objects.all(), required=False
    )
    visibility = forms.ChoiceField(
        label=_("Who may read the decision"), choices=Part.choices, initial=Part.PUBLIC
    )

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate() or day.year < 2000:
            raise forms.ValidationError(_("The day of a decision lies in the past."), code="not_past")
        return day


class FinishForm(PortalForm):
    closing_note = forms.CharField(
        label=_("What came of it"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False,
        help_text=_("One sentence is enough, and none is needed."),
    )  # fmt: skip


class PostponeForm(PortalForm):
    due = forms.DateField(
        label=_("New day"), widget=DayInput({"class": "input--m"}), error_messages={"required": _("Choose a day.")},
    )  # fmt: skip

    def __init__(self, *args, action=None, **kwargs) -> None:
        if action is not None:
            later = max(action.due, timezone.localdate()) + timedelta(days=30)
            kwargs.setdefault("initial", {"due": later})
        super().__init__(*args, **kwargs)

    def clean_due(self):
        if self.cleaned_data["due"] < timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not over."), code="past")
        return self.cleaned_data["due"]


class ReportForm(PortalForm):
    answer = forms.CharField(
        label=_("What your organization answered"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        required=False,
        help_text=_("May stay empty. What you write becomes an item of the next meeting."),
    )  # fmt: skip
