"""What staff fill in about somebody's initiative: a decision with its reason, tags, notes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, ReturnReason
from initiatives.models.initiative import RELATIONS
from iqn.administration.stamped import StampedForm
from iqn.forms import ParagraphsField, PortalForm

# What staff may change on any initiative; the author's own words are not among it
DESCRIBED = (
    "occupations", "all_occupations", "jurisdictions", "pan_canadian", "stages", "types", "pillars", "benefits",
    "replaced_by", "confidence", "to_verify",
)  # fmt: skip


class ReturnForm(PortalForm):
    reason = forms.ModelChoiceField(  # type: ignore[var-annotated]
        ReturnReason.objects.filter(is_retired=False), label=_("Reason"), empty_label=_("Choose a reason")
    )
    text = ParagraphsField(
        label=_("In your own words, instead of the reason’s text"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Empty: the author gets the reason’s text in their language."),
    )  # fmt: skip


class HideInitiativeForm(PortalForm):
    reason = ParagraphsField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Its author reads this."),
    )  # fmt: skip


class DescriptionForm(StampedForm):
    """For the admin's own page of an initiative; saved by the action, under the version that staff saw."""

    class Meta:
        model = Initiative
        fields = DESCRIBED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("replaced_by") == self.instance:
            self.add_error("replaced_by", _("An initiative cannot replace itself."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in DESCRIBED}
        return values | {name: list(values[name]) for name in RELATIONS if name in values}
