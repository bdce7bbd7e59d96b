"""What differs between two texts: line by line, and word by word inside the lines that changed.

The work is bounded, whatever somebody sends: beyond the bounds a stretch is shown whole, as removed and as added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

SAME, ADDED, REMOVED = "same", "added", "removed"
LONGEST = 300  # lines of a text, or words of a paragraph, between the first and the last difference
BUDGET = 300_000  # pairs that are compared for one page: a fraction of a second
_WORDS = re.compile(r"\s+|\w+|[^\w\s]+")


@dataclass(frozen=True)
class Piece:
    text: str
    kind: str  # SAME, ADDED or REMOVED


class Comparison:
    """Compares the texts of one page; they share one budget."""

    def __init__(self) -> None:
        self.spent = 0  # pairs that were compared

    def pieces(self, before: str, after: str) -> list[Piece]:
        """Both texts in one: without what was added it is the first, without what was removed the second."""
        lines = self._compared(before.splitlines(keepends=True), after.splitlines(keepends=True))
        found: list[Piece] = []
        for piece in lines:
            if piece.kind == ADDED and found and found[-1].kind == REMOVED:
                old = found.pop().text
                found += self._compared(_WORDS.findall(old), _WORDS.findall(piece.text))
            else:
                found.append(piece)
        return found

    def _compared(self, old: list[str], new: list[str]) -> list[Piece]:
        head = _alike(old, new)
        tail = _alike(reversed(old[head:]), reversed(new[head:]))
        return [
            *_pieces((), (), old[:head]),
            *self._between(old[head : len(old) - tail], new[head : len(new) - tail]),
            *_pieces((), (), old[len(old) - tail :]),
        ]

    def _between(self, old: list[str], new: list[str]) -> Iterator[Piece]:
        pairs = len(old) * len(new)
        if max(len(old), len(new)) > LONGEST or self.spent + pairs > BUDGET:
            yield from _pieces(old, new)
            return
        self.spent += pairs
        for gone, come, kept in _stretches(old, new):
            yield from _pieces(gone, come, kept)


def _alike(old: Iterable[str], new: Iterable[str]) -> int:
    """How many there are at the beginning that both have."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _pieces(gone: Iterable[str], come: Iterable[str], kept: Iterable[str] = ()) -> list[Piece]:
    stretch = ((gone, REMOVED), (come, ADDED), (kept, SAME))
    return [Piece(text, kind) for parts, kind in stretch if (text := "".join(parts))]


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """What went, what came, and what then stayed, again and again: a longest common subsequence stays.

    Not difflib: the time that it takes grows with the cube of a text that is made for it.
    """
    longest = _common_lengths(old, new)
    a = b = 0
    gone: list[str] = []
    come: list[str] = []
    kept: list[str] = []
    while a < len(old) or b < len(new):
        if a < len(old) and b < len(new) and old[a] == new[b]:
            kept.append(old[a])
            a, b = a + 1, b + 1
            continue
        if kept:
            yield gone, come, kept
            gone, come, kept = [], [], []
        if b == len(new) or (a < len(old) and longest[a + 1][b] >= longest[a][b + 1]):
            gone.append(old[a])
            a += 1
        else:
            come.append(new[b])
            b += 1
    yield gone, come, kept


def _common_lengths(old: list[str], new: list[str]) -> list[list[int]]:
    """Row a, column b: how many old[a:] and new[b:] have in common, in this order."""
    rows = [[0] * (len(new) + 1)]
    for word in reversed(old):
        below, row = rows[-1], [0] * (len(new) + 1)
        for b in range(len(new) - 1, -1, -1):
            if word == new[b]:
                row[b] = below[b + 1] + 1
            else:
                row[b] = below[b] if below[b] >= row[b + 1] else row[b + 1]
        rows.append(row)
    return rows[::-1]
