"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 4000  # words; beyond that a comparison costs more than it tells
_PIECE = re.compile(r"\s+|\S+")


@dataclass(frozen=True)
class Piece:
    text: str
    kind: str  # "same", "added" or "removed"


def word_differences(before: str, after: str) -> list[Piece]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Piece(after, "same")]
    pieces = []
    for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(Piece("".join(new[c:d]), "same"))
            continue
        if b > a:
            pieces.append(Piece("".join(old[a:b]), "removed"))
        if d > c:
            pieces.append(Piece("".join(new[c:d]), "added"))
    return pieces
