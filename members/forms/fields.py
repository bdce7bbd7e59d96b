"""Text as people type it, evened out before it is judged."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def not_a_web_address(value: str) -> None:
    """Names stand in letters to third parties: they are no place for links."""
    if WEB_ADDRESS.search(value):
        raise ValidationError(_("Write a name here, not a web address."), code="web_address")


class LineField(forms.CharField):
    """A name or a title: one line with single spaces, without links."""

    default_validators = [not_a_web_address]

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class ParagraphsField(forms.CharField):
    """A longer text. Browsers send line ends as two characters and count one."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""
