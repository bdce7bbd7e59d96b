"""What every form of the portal shares: our classes on the controls, errors in the summary rather than bubbles, and
text as people type it, evened out before it is judged."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOTHING_CHOSEN = "---------"  # Django's words for it, which say nothing to anybody
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WEB_ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)


def is_box(widget: forms.Widget) -> bool:
    """A box to write in or to choose from; check boxes, radio buttons and files have their own look."""
    if isinstance(widget, forms.widgets.Input):
        return not isinstance(widget, (forms.CheckboxInput, forms.HiddenInput, forms.FileInput))
    return isinstance(widget, (forms.Textarea, forms.Select)) and not isinstance(widget, forms.RadioSelect)


class PortalFormMixin:
    """Mix into a Form or ModelForm, first."""

    use_required_attribute = (
        False  # the browser's own bubbles are not translated with the page and hide the summary
    )
    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if is_box(field.widget):
                classes = field.widget.attrs.get("class", "").split()
                field.widget.attrs["class"] = " ".join(dict.fromkeys([*classes, "input"]))
            if isinstance(field, forms.URLField):
                field.error_messages["invalid"] = _("Write the full address, such as https://example.ca.")
            if getattr(field, "empty_label", None) == NOTHING_CHOSEN:
                field.empty_label = _("Choose from the list")


class PickerMixin:
    """The browser's own calendar or clock. What it could not show, because something else was typed where there is
    none, comes back in a plain box, to be seen and put right."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)  # type: ignore[misc]
        shown = context["widget"]["value"]
        if shown and not self.can_show(shown):
            context["widget"]["type"] = "text"
        return context

    def can_show(self, shown: str) -> bool:
        raise NotImplementedError


class DayInput(PickerMixin, forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def can_show(self, shown: str) -> bool:
        try:
            return date.fromisoformat(shown).isoformat() == shown
        except ValueError:
            return False


class ClockInput(PickerMixin, forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")

    def can_show(self, shown: str) -> bool:
        return bool(CLOCK.fullmatch(shown))


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    pass


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
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value) or ""
