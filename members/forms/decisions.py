"""What staff write and choose when they decide on an application."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import ParagraphsField, PortalForm
from members.models import DeclineReason
from members.models.application import LONGEST_ADDITION, LONGEST_MESSAGE


class ApproveForm(PortalForm):
    confirm_organization = forms.BooleanField(
        label=_("The organization exists and its name is right: show it on the portal"),
        required=False,
        initial=True,
    )


class QuestionForm(PortalForm):
    text = ParagraphsField(
        label=_("Your question"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your question.")},
    )  # fmt: skip


class DeclineForm(PortalForm):
    reason: forms.ModelChoiceField = forms.ModelChoiceField(
        DeclineReason.objects.filter(is_retired=False), label=_("Reason"), widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose one of these reasons.")},
    )  # fmt: skip
    addition = ParagraphsField(
        label=_("Anything to add? (optional)"), required=False, max_length=LONGEST_ADDITION,
        help_text=_("It follows the reason in the letter. Write it in the language of the applicant."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class NoteForm(PortalForm):
    text = ParagraphsField(
        label=_("Internal note"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For staff alone. The portal never shows it to the applicant."),
        error_messages={"required": _("Write the note first.")},
    )  # fmt: skip
