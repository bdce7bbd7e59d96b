"""What every form of the portal shares: our classes on the controls, errors in the summary rather than bubbles."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NOTHING_CHOSEN = "---------"  # Django's words for it, which say nothing to anybody


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


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    pass
