"""Calendars and clocks of the browser show what they can; anything else comes back where it can be put right."""

from __future__ import annotations

from datetime import date, time

import pytest

from iqn.forms import ClockInput, DayInput


@pytest.mark.parametrize(
    ("widget", "value", "kind", "shown"),
    [
        (DayInput, date(2026, 9, 17), "date", "2026-09-17"),
        (DayInput, "2026-09-17", "date", "2026-09-17"),
        (DayInput, "20260917", "text", "20260917"),
        (DayInput, "2026-02-31", "text", "2026-02-31"),
        (DayInput, "someday", "text", "someday"),
        (DayInput, None, "date", None),
        (ClockInput, time(13, 30), "time", "13:30"),
        (ClockInput, "25:00", "text", "25:00"),
        (ClockInput, "half past one", "text", "half past one"),
    ],
)
def test_what_the_box_is_and_shows(widget, value, kind, shown):
    context = widget().get_context("day", value, None)["widget"]

    assert (context["type"], context["value"]) == (kind, shown)
