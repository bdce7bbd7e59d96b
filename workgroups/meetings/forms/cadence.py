"""Which years the cadence board shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.forms import PortalForm
from workgroups.meetings.cadence import Quarter, last_quarters, quarters_of
from workgroups.meetings.models import Meeting

MOST_YEARS = 6


class YearsForm(PortalForm):
    """Both empty: the last quarters. One alone: that year."""

    begin = forms.TypedChoiceField(
        label=pgettext_lazy("of the board", "Period"), coerce=int, required=False, empty_value=None
    )
    end = forms.TypedChoiceField(
        label=pgettext_lazy("year", "To the end of"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, data=None, **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.today: date = timezone.localdate()
        first = Meeting.objects.aggregate(year=Min("year"))["year"] or self.today.year
        years = range(self.today.year + 1, min(first, self.today.year - 2) - 1, -1)
        for name, empty in (("begin", _("Last eight quarters")), ("end", _("The same year"))):
            field: Any = self.fields[name]
            field.choices = [("", empty), *((year, str(year)) for year in years)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        begin, end = values.get("begin"), values.get("end")
        if begin and end and abs(end - begin) >= MOST_YEARS:
            self.add_error("end", _("Choose six years at most."))
        return values

    @property
    def quarters(self) -> list[Quarter]:
        """Also where what was chosen makes no sense, the board shows something."""
        chosen = [self.cleaned_data.get(name) for name in ("begin", "end")] if self.is_valid() else []
        years = sorted(year for year in chosen if year)
        return quarters_of(years[0], years[-1]) if years else last_quarters(self.today)
