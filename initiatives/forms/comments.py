"""What members write about an initiative, and what staff write when they hide it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from initiatives.choices import CommentKind, HideReason
from iqn.bilingual import reading_language
from iqn.forms import ParagraphsField, PortalForm
from members.choices import Language

COMMENT_LENGTH = 5000
REASON_LENGTH = 400


class MemberTextField(ParagraphsField):
    """A text with at least one word."""

    def __init__(self, *, rows: int = 6, **kwargs) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value) -> None:
        super().validate(value)
        if value and not any(character.isalnum() for character in value):
            raise forms.ValidationError(_("Write at least one word."), code="wordless")


class ReplyForm(PortalForm):
    text = MemberTextField(
        label=_("Your reply"), max_length=COMMENT_LENGTH,
        help_text=_("Formatting: **bold**, *italic*, a dash at the beginning of a line for a list."),
        error_messages={"required": _("Write your reply.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of your text"), choices=Language.choices,
        help_text=_("Screen readers and translation tools need to know it."),
        error_messages={"required": _("Choose the language of your text.")},
    )  # fmt: skip

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reading_language())


class CommentForm(ReplyForm):
    kind = forms.ChoiceField(
        label=_("What do you want to say?"), choices=CommentKind.choices, widget=forms.RadioSelect,
        help_text=_("A question is mailed to the author of the initiative."),
        error_messages={"required": _("Choose what kind of comment it is.")},
    )  # fmt: skip

    field_order = ("kind", "text", "language")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your comment")
        self.fields["text"].error_messages["required"] = _("Write your comment.")


class EditedVersion(forms.Form):
    """Mixin: the version that the author saw when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CommentEditForm(EditedVersion, CommentForm):
    pass


class ReplyEditForm(EditedVersion, ReplyForm):
    pass


def in_both_languages(phrase) -> tuple[str, str]:
    """A lazy phrase in English and in French."""
    spoken = []
    for language in ("en", "fr"):
        with override(language):
            spoken.append(str(phrase))
    return spoken[0], spoken[1]


def own_words(label: Any, *, length: int, hint: Any, rows: int = 3) -> forms.CharField:
    return ParagraphsField(
        label=label,
        required=False,
        max_length=length,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class InBothOrNone:
    """Mixin: own words of staff stand in both languages, or in none (then the usual sentence stands)."""

    def clean(self):
        cleaned = super().clean()
        if "words_en" in self.errors or "words_fr" in self.errors:
            return cleaned
        empty = [name for name in ("words_en", "words_fr") if not cleaned.get(name)]
        if len(empty) == 1:
            self.add_error(
                empty[0], _("Write it in both languages, or leave both empty for the usual sentence.")
            )
        return cleaned

    def sentences(self, usual) -> tuple[str, str]:
        """(English, French): own words, or the usual sentence."""
        if self.cleaned_data["words_en"]:
            return self.cleaned_data["words_en"], self.cleaned_data["words_fr"]
        return in_both_languages(usual)


HIDE_HINT = _("Only if no sentence above fits: it stands in its place.")


class HideCommentForm(InBothOrNone, PortalForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=HideReason.choices, widget=forms.RadioSelect,
        help_text=_("Readers see it in place of the comment, and its author is told by mail."),
        error_messages={"required": _("Choose a reason.")},
    )  # fmt: skip
    words_en = own_words(_("Own words, in English"), length=REASON_LENGTH, hint=HIDE_HINT, rows=2)
    words_fr = own_words(_("Own words, in French"), length=REASON_LENGTH, hint=HIDE_HINT, rows=2)

    def reasons(self) -> tuple[str, str]:
        """(English, French)"""
        return self.sentences(HideReason(self.cleaned_data["reason"]).label)
