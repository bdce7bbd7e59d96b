"""Whole numbers that strangers typed."""

import pytest

from iqn.numbers import LARGEST, whole_number
from iqn.paging import LAST_PAGE, asked_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7), (" 12 ", 12), ("0", 0), ("007", 7), ("999999999", LARGEST), ("1000000000", LARGEST),
        ("9" * 5000, LARGEST), (None, 3), ("", 3), ("-1", 3), ("1.5", 3), ("1e3", 3), ("x", 3), ("\u0663", 3), ("\u00b2", 3),
        ("\x00", 3),
    ],
)  # fmt: skip
def test_is_bounded(typed, number):
    assert whole_number(typed, 3) == number


def test_nonsense_is_nothing_unless_said_otherwise():
    assert whole_number("x") == 0


@pytest.mark.parametrize(("typed", "page"), [("2", 2), ("0", 1), ("x", 1), ("9" * 5000, LAST_PAGE)])
def test_pages(typed, page):
    assert asked_number(typed) == page
