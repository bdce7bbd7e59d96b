"""A field that takes a file only after looking through it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iqn.files.checking import Checked, examine
from iqn.files.choices import ENDINGS
from iqn.files.errors import FileRefused

ACCEPTED = ",".join(ending for endings in ENDINGS.values() for ending in endings)


class UploadField(forms.FileField):
    """Its value is a Checked. What was refused has to be chosen again: no browser fills a file in by itself."""

    widget = forms.FileInput

    def __init__(self, **kwargs) -> None:
        super().__init__(
            **{
                "help_text": _("PDF, Word (DOCX), PNG or JPEG, at most 10 MB. PDF reads well everywhere."),
                "allow_empty_file": True,  # examined with the rest, for one wording
                "error_messages": {"required": _("Choose a file."), "invalid": _("Choose a file.")},
                **kwargs,
            }
        )
        self.widget.attrs["accept"] = ACCEPTED

    def clean(self, data: Any, initial: Any = None) -> Checked | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return examine(file)
        except FileRefused as refusal:
            raise ValidationError(str(refusal), code=type(refusal).__name__) from refusal
