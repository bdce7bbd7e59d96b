"""Forms of the admin that know what they were filled in over: nobody's change is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _


class Unlabelled(forms.HiddenInput):
    """The admin's template writes a label beside every field; it shall not point at one that nobody sees."""

    def id_for_label(self, id_: str) -> str:
        return ""


class StampedForm(forms.ModelForm):
    """Refuses a form that was filled in before somebody else saved. What was typed stays, what was saved meanwhile stands
    beside each field that differs, and a second save decides."""

    stamp = forms.CharField(required=False, widget=Unlabelled)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Before cleaning writes the typed values into the row
        self.current_stamp = self.stamp_of(self.instance) if self.instance.pk else ""
        self.initial["stamp"] = self.current_stamp

    def stamp_of(self, row: Any) -> str:
        """Another one after every change of the row."""
        return str(row.version)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("stamp") != self.current_stamp:
            self._show_both()
        return cleaned

    def _show_both(self) -> None:
        for name, field in self.fields.items():
            saved = self.initial.get(name)
            if name != "stamp" and field.has_changed(saved, self._typed(name, field)):
                self[name].help_text = format_html(
                    "{}<br>{}", _("Saved meanwhile by somebody else:"), _in_words(field, saved)
                )
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data[self.add_prefix("stamp")] = self.current_stamp
        self.data = data
        raise ValidationError(
            _(
                "Somebody else saved this row while you wrote. Your text is still here, and theirs stands beside each "
                "field that differs. Take over what you need, then save again."
            ),
            code="changed_meanwhile",
        )

    def _typed(self, name: str, field: forms.Field) -> Any:
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(str(row) for row in value or ()) or "–"
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or "–") if field.queryset is not None else "–"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    return str(value or "–")
