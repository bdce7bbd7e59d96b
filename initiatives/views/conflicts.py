"""What differs between the text somebody typed and the text that was saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iqn.differences import ADDED, REMOVED, SAME, Comparison, Piece


@dataclass(frozen=True)
class Difference:
    label: Any
    mine: SafeString
    theirs: SafeString
    name: str


def differences(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[Difference]:
    """One for each visible field whose answers differ, in the order of the form."""
    found, comparison = [], Comparison()
    for field in mine:
        if field.is_hidden:
            continue
        typed, saved = shown(field), shown(theirs[field.name])
        if typed != saved:
            found.append(Difference(field.label, *_marked(comparison, typed, saved), field.name))
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


def _marked(comparison: Comparison, mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts as safe HTML: <ins> for words only in mine, <del> for words only in theirs."""
    pieces = comparison.pieces(theirs, mine)
    return _joined(pieces, "ins", without=REMOVED), _joined(pieces, "del", without=ADDED)


def _joined(pieces: list[Piece], tag: str, *, without: str) -> SafeString:
    parts = (
        format_html("{}", piece.text)
        if piece.kind == SAME
        else format_html(f"<{tag}>{{}}</{tag}>", piece.text)
        for piece in pieces
        if piece.kind != without
    )
    return format_html_join("", "{}", ((part,) for part in parts))
