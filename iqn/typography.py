"""French typography for what members type: on a telephone nobody has a non-breaking space. Display only: what is
stored stays as it was typed."""

from __future__ import annotations

import re

NBSP = "\xa0"
# A space that is there already stays with the sign beside it; guillemets alone get one where none was typed
_BEFORE = re.compile(r" (?=[:%»;!?](?:\W|$))")
_AFTER_OPENING = re.compile(r"« ?(?=[^\s\xa0])")
_BEFORE_CLOSING = re.compile(r"(?<=[^\s\xa0])»")
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=(?:h|\$|[kM]\$|€)(?:\W|$))")
_HOURS = re.compile(r"(?<=\d[ \xa0]h) (?=\d\d(?:\D|$))")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))")


def spaced_in_french(text: str) -> str:
    """Non-breaking spaces before : % » and after «, in numbers and between a number and its h or $."""
    text = _BEFORE.sub(NBSP, text)
    text = _AFTER_OPENING.sub(f"«{NBSP}", text)
    text = _BEFORE_CLOSING.sub(f"{NBSP}»", text)
    text = _HOURS.sub(NBSP, _AFTER_NUMBER.sub(NBSP, text))
    return _THOUSANDS.sub(NBSP, text)


def typeset(text: str, language: str) -> str:
    """A text as its language wants it printed."""
    return spaced_in_french(text) if language == "fr" else text


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words; no other sign stands before the ellipsis."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" \xa0,;:.!?–—-(«") + "…"
