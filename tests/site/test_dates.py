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
            f'<time datetime="2026-03-13T17:30-03:00">13{N}mars{N}2026{N}à{N}17{N}h{N}30{N}(HA)</time>'
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


@pytest.mark.parametrize(
    ("value", "estimated", "english", "french"),
    [
        ("2026-11-20", False, f"as of November{N}20, 2026", f"en date du 20{N}novembre{N}2026"),
        ("2026-03-01", False, f"as of March{N}1, 2026", f"en date du 1er{N}mars{N}2026"),
        ("2026-11", False, f"as of November{N}2026", f"en date de novembre{N}2026"),
        ("2025", False, "as of 2025", "en date de 2025"),
        ("2025", True, "as of about 2025", "vers 2025"),
        ("2026-11-20", True, f"as of about November{N}20, 2026", f"vers le 20{N}novembre{N}2026"),
        ("", True, "", ""),
    ],
)
def test_as_of_which_date(value, estimated, english, french):
    with translation.override("en"):
        assert dates.as_of_words(value, estimated=estimated) == english
    with translation.override("fr"):
        assert dates.as_of_words(value, estimated=estimated) == french


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        ("2024-03-13", f"on March{N}13, 2024", f"le 13{N}mars{N}2024"),
        ("2024-03", f"in March{N}2024", f"en mars{N}2024"),
        ("2024", "in 2024", "en 2024"),
    ],
)
def test_when_something_was_true(value, english, french):
    with translation.override("en"):
        assert dates.when_words(value) == english
    with translation.override("fr"):
        assert dates.when_words(value) == french


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2026-03-01", "2026-04-01", f"March{N}1, 2026 to April{N}1, 2026", f"du 1er{N}mars{N}2026 au 1er{N}avril{N}2026"),
        ("2026-03-01", "2026-04", f"March{N}1, 2026 to April{N}2026", f"du 1er{N}mars{N}2026 à avril{N}2026"),
        ("2019", "2026-04-03", f"2019 to April{N}3, 2026", f"de 2019 au 3{N}avril{N}2026"),
        ("2019", "2021", "2019 to 2021", "de 2019 à 2021"),
        ("2026-03-01", "", f"since March{N}1, 2026", f"depuis le 1er{N}mars{N}2026"),
        ("2019", "", "since 2019", "depuis 2019"),
        ("", "2026-03-03", f"until March{N}3, 2026", f"jusqu’au 3{N}mars{N}2026"),
        ("", "2021-05", f"until May{N}2021", f"jusqu’en mai{N}2021"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_periods(start, end, english, french):
    with translation.override("en"):
        assert dates.period_words(start, end) == english
    with translation.override("fr"):
        assert dates.period_words(start, end) == french


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2019", "2021", "about 2019 to 2021", "début vers 2019, fin 2021"),
        ("2019", "", "since about 2019", "depuis 2019 environ"),
        ("2019-05-02", "", f"since about May{N}2, 2019", f"depuis le 2{N}mai{N}2019 environ"),
    ],
)
def test_periods_that_began_at_about_some_time(start, end, english, french):
    with translation.override("en"):
        assert dates.period_words(start, end, about_start=True) == english
    with translation.override("fr"):
        assert dates.period_words(start, end, about_start=True) == french
