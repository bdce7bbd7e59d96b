"""Kinds of answers that only the form of an initiative asks for."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from iqn.dates import is_partial_date
from iqn.forms import LineField, ParagraphsField

MOST_SOURCES = 20
MOST_PARTNERS = 30
_PARTS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


class OneLineField(LineField):
    """One line, in which a web address may stand."""

    default_validators = []


class PartialDateField(forms.CharField):
    """2013, 2013-03 or 2013-03-13: as exact as its writer knows."""

    default_error_messages = {
        "invalid": _("Enter a year, a month or a day, such as 2013, 2013-03 or 2013-03-13."),
        "impossible": _("There is no such day or month. Enter a date such as 2013-03-13."),
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("required", False)
        widget = forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        match = _PARTS.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, *rest = [part for part in match.groups() if part]
        text = "-".join([year, *(part.zfill(2) for part in rest)])
        if not is_partial_date(text):
            raise ValidationError(self.error_messages["impossible"], code="impossible")
        return text


class LinesField(ParagraphsField):
    """A list, one item on each line."""

    def __init__(self, *, most: int, **kwargs) -> None:
        self.most = most
        kwargs = {"required": False, "max_length": 5000, **kwargs}
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)
        del self.widget.attrs["maxlength"]  # each line counts, not the whole

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > self.most:
            raise ValidationError(
                _("Name at most %(most)s, one on each line."), code="too_many", params={"most": self.most}
            )
        return found


class SourcesField(LinesField):
    """Addresses of pages and reports."""

    def clean(self, value: Any) -> list[str]:
        found = super().clean(value)
        check = URLValidator(schemes=["http", "https"])
        for address in found:
            try:
                check(address)
            except ValidationError:
                raise ValidationError(
                    _("“%(address)s” is no web address. Enter one on each line, beginning with https://."),
                    code="invalid", params={"address": address[:80]},
                ) from None  # fmt: skip
        return found


class IdentifierField(forms.CharField):
    """The identifier of another initiative that this reader may see, such as IQN-0231."""

    default_error_messages = {"unknown": _("No initiative has this identifier. It looks like IQN-0231.")}

    def __init__(self, **kwargs) -> None:
        super().__init__(
            required=False, max_length=15, widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"}),
            **kwargs,
        )  # fmt: skip
        self.user: Any = None

    def prepare_value(self, value: Any) -> Any:
        return value.identifier if isinstance(value, Initiative) else value

    def clean(self, value: Any) -> Initiative | None:
        text = super().clean(value).upper().replace(" ", "")
        if not text:
            return None
        digits = text.removeprefix("IQN-")
        found = None
        if digits.isascii() and digits.isdigit() and len(digits) < 10:
            found = Initiative.objects.listed_for(self.user).filter(number=int(digits)).first()
        if found is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found
