"""Whole numbers that strangers typed: in an address, in a hidden field."""

from __future__ import annotations

LARGEST = 999_999_999  # fits every number column


def whole_number(text: str | None, default: int = 0) -> int:
    """Never more than LARGEST, however many digits came (Python refuses to read thousands); nonsense is `default`."""
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdecimal()):
        return default
    return int(digits) if len(digits) <= len(str(LARGEST)) else LARGEST
