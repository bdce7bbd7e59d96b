"""A day, typed as year-month-day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


class DayField(forms.DateField):
    def __init__(self, **kwargs) -> None:
        out_of_range = _("Choose a day between 1990 and 2100.")
        super().__init__(
            **{
                "help_text": _("Year, month and day, such as 2026-03-13."),
                "widget": forms.DateInput(
                    attrs={"class": "input--m", "inputmode": "numeric"}, format="%Y-%m-%d"
                ),
                "input_formats": ["%Y-%m-%d"],
                "error_messages": {
                    "invalid": _("Write the day as year-month-day, such as 2026-03-13."),
                    "required": _("Write the day as year-month-day, such as 2026-03-13."),
                },
                "validators": [
                    MinValueValidator(EARLIEST, out_of_range), MaxValueValidator(LATEST, out_of_range),
                ],
                **kwargs,
            }
        )  # fmt: skip
