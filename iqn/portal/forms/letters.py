"""Which reminders somebody wishes to get."""

from __future__ import annotations

from django import forms

from iqn.forms import PortalForm
from iqn.mail import preferences


class LettersForm(PortalForm):
    """A box for each, ticked where such letters are sent today."""

    def __init__(self, data=None, *, in_force: dict[str, bool], **kwargs) -> None:
        super().__init__(data, **kwargs)
        self.events = {offer.event.replace(".", "-"): offer.event for offer in preferences.offers()}
        for name, offer in zip(self.events, preferences.offers(), strict=True):
            self.fields[name] = forms.BooleanField(
                label=offer.label, required=False, initial=in_force[offer.event]
            )

    @property
    def wanted(self) -> set[str]:
        return {event for name, event in self.events.items() if self.cleaned_data[name]}
