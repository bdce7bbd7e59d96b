"""Reasons for a "no" rest on a clause of the guidelines: what their forms in the admin have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.administration.official import OfficialTextForm
from iqn.pages.models import Clause, Guideline


class ReasonForm(OfficialTextForm):
    """The clause that was saved stays among the choices, so that no other one is chosen in its place unseen."""

    guideline: Guideline

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "clause" in self.fields:  # who may only look has no fields
            self.fields["clause"] = forms.ChoiceField(
                label=_("Clause of the guidelines"), choices=[("", _("Choose a clause")), *self._clauses()]
            )

    def _clauses(self) -> list[tuple[str, str]]:
        clauses = {row.number: str(row) for row in Clause.objects.in_force(self.guideline)}
        saved = self.instance.clause
        if saved and saved not in clauses:
            clauses[saved] = gettext("%(clause)s, no longer in force") % {"clause": saved}
        return list(clauses.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        number = cleaned.get("clause")
        in_force = Clause.objects.in_force(self.guideline).filter(number=number).exists()
        if number and not in_force and not cleaned.get("is_retired"):
            self.add_error("clause", _("This clause is no longer in force. Choose another one."))
        return cleaned
