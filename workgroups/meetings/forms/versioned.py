"""One part of a page that several people write on: it knows whether this person touched it, and which version they saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from iqn.forms import PortalForm
from iqn.text import fingerprint


@dataclass(frozen=True)
class Unlike:
    """One answer that differs from what somebody else saved meanwhile."""

    label: Any
    mine: str
    theirs: str


class VersionedForm(PortalForm):
    """`row` is what is saved, or nothing yet. Subclasses name the fields that they write.

    What was shown travels along as a fingerprint, so that a part that nobody touched is never taken for an edit, however
    old the page is.
    """

    written: tuple[str, ...] = ()
    prefix: str
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data=None, *, row=None, initial=None, prefix: str) -> None:
        self.row = row
        self.unlike: list[Unlike] = []
        shown = dict(initial or {})
        if row is not None:
            shown |= {name: self._value_of(row, name) for name in self.written}
        version = row.version if row is not None and row.pk else 0
        super().__init__(data, initial={**shown, "version": version}, prefix=prefix)

    @property
    def may_stay_empty(self) -> bool:
        """Nothing is wanted of a new part that nobody begins to write."""
        return self.row is None

    def finish(self) -> None:
        """Once the choices of the fields are known."""
        self.initial["was"] = self._mark(
            [self.get_initial_for_field(self.fields[name], name) for name in self.written]
        )

    @staticmethod
    def _value_of(row, name: str):
        return getattr(row, f"{name}_id", None) if hasattr(row, f"{name}_id") else getattr(row, name)

    @staticmethod
    def _mark(values: list[Any]) -> str:
        texts = ["" if value is None else str(value) for value in values]
        return fingerprint("\x1f".join(text.replace("\r\n", "\n").strip() for text in texts))

    @classmethod
    def was_touched(cls, data, prefix: str) -> bool:
        """Does what was sent differ from what was shown?"""
        sent = cls._mark([data.get(f"{prefix}-{name}", "") for name in cls.written])
        return sent != data.get(f"{prefix}-was", "")

    @property
    def is_sent(self) -> bool:
        return self.is_bound and self.add_prefix("version") in self.data

    @property
    def is_touched(self) -> bool:
        return self.is_sent and self.was_touched(self.data, self.prefix)

    def is_ticked(self, name: str) -> bool:
        """One of the boxes that ask for more than a change of what is written."""
        return self.is_sent and name in self.fields and self.add_prefix(name) in self.data

    @property
    def seen_version(self) -> int:
        return self.cleaned_data.get("version") or 0

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.written}

    def meets(self, current: VersionedForm) -> None:
        """Somebody else saved it: say what differs, and stand on their version from now on."""
        self.row = current.row
        for name in self.written:
            mine, theirs = self._words(self[name]), self._words(current[name])
            if mine != theirs:
                self.unlike.append(Unlike(self.fields[name].label, mine, theirs))
        data = self.data.copy()
        data[self.add_prefix("version")] = str(current.initial["version"])
        data[self.add_prefix("was")] = current.initial["was"]
        self.data = data

    @staticmethod
    def _words(field: forms.BoundField) -> str:
        value = field.value()
        if isinstance(field.field, forms.ChoiceField):
            return next(
                (str(label) for key, label in field.field.choices if str(key) == str(value or "") and value),
                "",
            )
        return str(value if value is not None else "").replace("\r\n", "\n").strip()
