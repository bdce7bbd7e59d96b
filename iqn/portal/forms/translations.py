"""One text in one language, beside its source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, WantedTranslation
from iqn.forms import PortalForm

WANTED = {"en": _("Write the English text."), "fr": _("Write the French text.")}
LABELS = {"en": _("English text"), "fr": _("French text")}


class TranslationForm(PortalForm):
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, row: OfficialText, wanted: WantedTranslation, **kwargs) -> None:
        self.row, self.wanted = row, wanted
        column = row._meta.get_field(wanted.column)
        self.one_line = not isinstance(column, models.TextField)
        kwargs.setdefault("initial", {"text": getattr(row, wanted.column) or "", "stamp": row.stamp})
        self.base_fields = {
            "text": forms.CharField(
                label=LABELS[wanted.language], error_messages={"required": WANTED[wanted.language]}, max_length=column.max_length or 50_000,
                widget=forms.Textarea(attrs={"rows": 3 if self.one_line else 16, "lang": wanted.language}),
            ),
            **self.base_fields,
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        return " ".join(text.split()) if self.one_line else text

    def clean(self) -> dict[str, Any]:
        """What the model itself asks of the text, such as links that lead somewhere."""
        cleaned = super().clean() or {}
        if "text" in cleaned:
            setattr(self.row, self.wanted.column, cleaned["text"])
            try:
                self.row.clean()
            except ValidationError as problem:
                wrong = problem.message_dict.get(self.wanted.column)
                if wrong:
                    self.add_error("text", wrong)
        return cleaned
