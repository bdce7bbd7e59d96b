"""A CSV file, or text that was copied from one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import PortalForm
from iqn.importing import LARGEST


class CsvImportForm(PortalForm):
    file = forms.FileField(
        label=_("CSV file"), required=False, allow_empty_file=True,
        help_text=_("As UTF-8 text, with commas or semicolons."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or the text of the file"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        file = values.get("file")
        if file is not None:
            values["text"] = self._text_of(file)
        if not values.get("text", "").strip() and not self.errors:
            self.add_error("file", _("Choose a file, or paste its text."))
        if len(values.get("text", "")) > LARGEST:
            self.add_error("file", _("The file is too large. Split it."))
        return values

    def _text_of(self, file) -> str:
        if file.size > LARGEST:
            self.add_error("file", _("The file is too large. Split it."))
            return ""
        try:
            return file.read().decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not UTF-8 text. Save it as “CSV UTF-8”."))
            return ""
