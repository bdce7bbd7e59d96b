"""Asking for an item, and deciding what becomes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import PortalForm
from members.choices import Language
from workgroups.groups.models import Group
from workgroups.meetings.choices import ProposalState, Purpose
from workgroups.meetings.forms.meetings import InOwnLanguage
from workgroups.meetings.models import Meeting


class ProposalForm(InOwnLanguage, PortalForm):
    title = forms.CharField(
        label=_("Item"), max_length=200, error_messages={"required": _("Say what the item is about.")}
    )
    text = forms.CharField(
        label=_("Why, and what the meeting should do"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why it belongs before the group.")},
    )  # fmt: skip
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, initial=Purpose.DISCUSS)
    language = forms.ChoiceField(label=_("Language of your text"), choices=Language.choices)


class ProposalDecisionForm(PortalForm):
    state = forms.ChoiceField(
        label=_("What becomes of it"), widget=forms.RadioSelect, choices=ProposalState.choices[1:],
        error_messages={"required": _("Choose what becomes of it.")},
    )  # fmt: skip
    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("On the agenda of"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The proposer reads it. Needed unless the item comes onto the agenda."),
    )  # fmt: skip

    def __init__(self, *args, group: Group, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        coming = Meeting.objects.filter(group=group).upcoming().select_related("group")
        self.fields["meeting"].queryset = coming  # type: ignore[attr-defined]
        self.initial.setdefault("meeting", coming.first())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        state = cleaned.get("state")
        if state == ProposalState.ON_AGENDA and "meeting" not in self.errors and not cleaned.get("meeting"):
            self.add_error("meeting", _("Choose a meeting. If there is none, schedule one first."))
        if (
            state
            and state != ProposalState.ON_AGENDA
            and "reason" not in self.errors
            and not cleaned.get("reason")
        ):
            self.add_error("reason", _("Give the reason."))
        return cleaned
