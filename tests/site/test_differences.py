"""What differs between two texts, at a cost that nobody can drive up."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqn import differences
from iqn.differences import ADDED, BUDGET, LONGEST, REMOVED, SAME, Comparison

LETTERS = list(itertools.islice(itertools.cycle("abcdefghijklmnopqrstuvwxyz"), 2000))


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.kind) for piece in Comparison().pieces(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("x", "x", [("x", SAME)]),
        ("", "x", [("x", ADDED)]),
        ("x", "", [("x", REMOVED)]),
        (
            "a b c",
            "a x c d",
            [("a ", SAME), ("b", REMOVED), ("x", ADDED), (" c", SAME), (" d", ADDED)],
        ),
        (
            "One.\nTwo stays.\nThree ends.",
            "One.\nNew.\nTwo stays.\nThree began.",
            [("One.\n", SAME), ("New.\n", ADDED), ("Two stays.\n", SAME), ("Three ", SAME), ("ends", REMOVED),
             ("began", ADDED), (".", SAME)],
        ),
    ],
)  # fmt: skip
def test_words_are_marked_inside_lines_that_changed(before, after, expected):
    assert pieces(before, after) == expected


@given(st.text("ab \n!", max_size=60), st.text("ab \n!", max_size=60))
def test_nothing_is_lost(before, after):
    found = pieces(before, after)

    assert "".join(text for text, kind in found if kind != ADDED) == before
    assert "".join(text for text, kind in found if kind != REMOVED) == after


@pytest.mark.parametrize("end", ["", "\n", " "])
def test_a_long_text_made_to_be_slow_is_shown_whole(end):
    before, after = (mark.join(LETTERS[:1000]) for mark in ("!" + end, "?" + end))
    comparison = Comparison()

    found = comparison.pieces(before, after)

    assert comparison.spent <= 1  # one line with one line
    assert sorted(piece.kind for piece in found if piece.kind != SAME) == [ADDED, REMOVED]


def test_all_texts_of_a_page_share_one_budget(monkeypatch):
    compared = []
    lengths = differences._common_lengths
    monkeypatch.setattr(
        differences,
        "_common_lengths",
        lambda old, new: compared.append(len(old) * len(new)) or lengths(old, new),
    )
    before, after = (mark.join(LETTERS[: LONGEST // 2]) for mark in "!?")
    comparison = Comparison()

    answers = [comparison.pieces(before, after) for _field in range(20)]

    assert 0 < sum(compared) == comparison.spent <= BUDGET
    assert len(answers[0]) > 100  # letter by letter
    assert [piece.kind for piece in answers[-1]] == [SAME, REMOVED, ADDED, SAME]  # nothing was left to spend
