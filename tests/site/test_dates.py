"""Formats of both style guides."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from iqn import dates

N = "\xa0"


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", date(2013, 3, 13), f"March{N}13, 2013"),
        ("fr", date(2013, 3, 13), f"13{N}mars{N}2013"),
        ("fr", date(2013, 3, 1), f"1er{N}mars{N}2013"),
        ("fr", date(2013, 3, 21), f"21{N}mars{N}2013"),
        ("en", date(2013, 3, 1), f"March{N}1, 2013"),
    ],
)
def test_dates(language, value, words):
    with translation.override(language):
        assert dates.date_words(value) == words


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", time(16, 30), f"4:30{N}pm"),
        ("en", time(9, 0), f"9{N}am"),
        ("en", time(0, 5), f"12:05{N}am"),
        ("fr", time(16, 30), f"16{N}h{N}30"),
        ("fr", time(9, 0), f"9{N}h"),
        ("fr", time(0, 5), f"0{N}h{N}05"),
    ],
)
def test_times(language, value, words):
    with translation.override(language):
        assert dates.time_words(value) == words


def test_elements_say_the_day_to_machines():
    with translation.override("fr"):
        assert dates.date_element(date(2026, 3, 1)) == (
            f'<time datetime="2026-03-01">1<sup>er</sup>{N}mars{N}2026</time>'
        )
        moment = datetime(2026, 3, 13, 20, 30, tzinfo=UTC)  # Halifax: 17:30 in summer time
        assert dates.datetime_element(moment) == (
            f'<time datetime="2026-03-13T17:30-03:00">13{N}mars{N}2026{N}à{N}17{N}h{N}30</time>'
        )
    assert dates.date_element(None) == dates.datetime_element(None) == ""


@pytest.mark.parametrize("value", ["2013", "2013-03", "2013-03-13", "2024-02-29"])
def test_partial_dates(value):
    assert dates.is_partial_date(value)


@pytest.mark.parametrize(
    "value", ["", "13", "2013-13", "2013-02-30", "2013-3-1", "2013-03-13x", "c. 2013", "0000"]
)
def test_not_partial_dates(value):
    assert not dates.is_partial_date(value)


@pytest.mark.parametrize(
    ("language", "value", "estimated", "words"),
    [
        ("en", "2013", False, "2013"),
        ("en", "2013-03", False, f"March{N}2013"),
        ("fr", "2013-03", False, f"mars{N}2013"),
        ("en", "2013", True, "about 2013"),
        ("fr", "2013", True, "vers 2013"),
        ("en", "", False, ""),
    ],
)
def test_partial_dates_in_words(language, value, estimated, words):
    with translation.override(language):
        assert dates.partial_date_words(value, estimated=estimated) == words
