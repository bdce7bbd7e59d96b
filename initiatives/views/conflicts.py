"""What differs between the text somebody typed and the text that was saved meanwhile."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_WORDS = re.compile(r"\s+|\w+|[^\w\s]+")
LONGEST_COMPARED = 4000  # words; beyond it the texts stand side by side without marks


@dataclass(frozen=True)
class Difference:
    label: Any
    mine: SafeString
    theirs: SafeString
    name: str


def differences(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[Difference]:
    """One for each visible field whose answers differ, in the order of the form."""
    found = []
    for field in mine:
        if field.is_hidden:
            continue
        typed, saved = shown(field), shown(theirs[field.name])
        if typed != saved:
            found.append(Difference(field.label, *_marked(typed, saved), field.name))
    return found


def shown(field: forms.BoundField) -> str:
    """The answer as a reader would put it."""
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return _("Yes") if value else _("No")
    if hasattr(field.field, "choices"):
        chosen = {
            str(v) for v in (value if isinstance(value, list | tuple) else [value]) if v not in (None, "")
        }
        return ", ".join(str(label) for key, label in field.field.choices if str(key) in chosen)
    if isinstance(value, list | tuple):
        value = "\n".join(value)
    return str(value or "").replace("\r\n", "\n").strip()


def _marked(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts as safe HTML: <ins> for words only in mine, <del> for words only in theirs."""
    a, b = _WORDS.findall(theirs), _WORDS.findall(mine)
    if len(a) > LONGEST_COMPARED or len(b) > LONGEST_COMPARED:
        return format_html("{}", mine), format_html("{}", theirs)
    left, right = [], []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b).get_opcodes():
        gone, new = "".join(a[i1:i2]), "".join(b[j1:j2])
        right.append(("", gone) if kind == "equal" else ("del", gone))
        left.append(("", new) if kind == "equal" else ("ins", new))
    return _joined(left), _joined(right)


def _joined(pieces: list[tuple[str, str]]) -> SafeString:
    parts = [(format_html(f"<{tag}>{{}}</{tag}>", text) if tag else text,) for tag, text in pieces if text]
    return format_html_join("", "{}", parts) if parts else mark_safe("")
