"""Coming, online, or regrets with a delegate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import PortalForm
from workgroups.meetings.choices import Answer, possible_answers
from workgroups.meetings.models import Meeting


class AnswerForm(PortalForm):
    answer = forms.ChoiceField(
        label=_("Will you be there?"), widget=forms.RadioSelect, error_messages={"required": _("Choose an answer.")}
    )  # fmt: skip
    delegate_name = forms.CharField(
        label=_("With regrets: who comes instead"), max_length=120, required=False,
        help_text=_("Leave it empty if nobody does."),
    )  # fmt: skip
    delegate_organization = forms.CharField(
        label=_("The organization of that person"), max_length=200, required=False
    )

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = possible_answers(meeting.mode)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        nameless = cleaned.get("delegate_organization") and not cleaned.get("delegate_name")
        if nameless and cleaned.get("answer") == Answer.REGRETS and "delegate_name" not in self.errors:
            self.add_error("delegate_name", _("Name the person who comes instead, or leave both empty."))
        return cleaned
