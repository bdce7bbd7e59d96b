"""Reporting a post, and deciding on reports."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.choices import USUAL_OUTCOMES, HideReason, ReportDecision, ReportReason
from initiatives.forms.comments import InBothOrNone, MemberTextField, in_both_languages, own_words
from iqn.forms import PortalForm


class ReportForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=ReportReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )  # fmt: skip
    text = MemberTextField(
        label=_("Details"), max_length=2000, required=False, rows=4,
        help_text=_("What should staff look at? Only staff read this."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("reason") == ReportReason.OTHER
            and not cleaned.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", _("Say what is wrong, since none of the reasons fits."))
        return cleaned


# What a report gives as its reason suggests what stands in place of a hidden comment
SUGGESTED_REASONS = {
    ReportReason.INCORRECT: HideReason.INCORRECT,
    ReportReason.OUTDATED: HideReason.OUTDATED,
    ReportReason.PERSONAL: HideReason.PERSONAL,
    ReportReason.CONDUCT: HideReason.CONDUCT,
    ReportReason.ADVERTISING: HideReason.ADVERTISING,
    ReportReason.OTHER: HideReason.OFF_SUBJECT,
}


OUTCOME_HINT = _("Leave both languages empty to send the usual sentence of the decision.")


class DecisionForm(InBothOrNone, PortalForm):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=(), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )  # fmt: skip
    hide_reason = forms.ChoiceField(
        label=_("What readers see in place of a hidden comment"), choices=HideReason.choices, required=False
    )
    words_en = own_words(_("Own words to both sides, in English"), length=2000, hint=OUTCOME_HINT)
    words_fr = own_words(_("Own words to both sides, in French"), length=2000, hint=OUTCOME_HINT)

    def __init__(self, *args, decisions: list[ReportDecision], reason: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [
            (each.value, f"{each.label}. {_usual_between_quotes(each)}") for each in decisions
        ]
        self.suggested = SUGGESTED_REASONS[ReportReason(reason)]
        if ReportDecision.HIDE in decisions:
            self.initial.setdefault("hide_reason", self.suggested)
        else:
            del self.fields["hide_reason"]

    def values(self) -> dict[str, str]:
        """What the action wants."""
        decision = ReportDecision(self.cleaned_data["decision"])
        outcome_en, outcome_fr = self.sentences(USUAL_OUTCOMES[decision])
        hide_reason_en, hide_reason_fr = in_both_languages(
            HideReason(self.cleaned_data.get("hide_reason") or self.suggested).label
        )
        return {
            "decision": decision, "outcome_en": outcome_en, "outcome_fr": outcome_fr,
            "hide_reason_en": hide_reason_en, "hide_reason_fr": hide_reason_fr,
        }  # fmt: skip


def _usual_between_quotes(decision: ReportDecision) -> str:
    return _("“%(sentence)s”") % {"sentence": USUAL_OUTCOMES[decision]}
