"""Dates and times in words, as the style guides of both languages want them, with a time element around."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy

from iqn.bilingual import reading_language

PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")
NBSP = "\xa0"


def in_french() -> bool:
    return reading_language() == "fr"


def date_words(value: date | datetime) -> str:
    """March 13, 2013 or 13 mars 2013; the first of a month is 1er in French."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    words = date_format(value, "DATE_FORMAT")
    return words.replace(f"1{NBSP}", f"1er{NBSP}", 1) if in_french() and value.day == 1 else words


def time_words(value: time | datetime) -> str:
    """4:30 pm or 16 h 30; the full hour has no minutes (9 am, 9 h)."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    if in_french():
        return f"{value.hour}{NBSP}h" + (f"{NBSP}{value.minute:02}" if value.minute else "")
    hour = value.hour % 12 or 12
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{hour}{minutes}{NBSP}{'am' if value.hour < 12 else 'pm'}"


def date_element(value: date | datetime | None) -> SafeString | str:
    if value is None:
        return ""
    words = date_words(value)
    day = (
        timezone.localtime(value).date()
        if isinstance(value, datetime) and timezone.is_aware(value)
        else value
    )
    if words.startswith(f"1er{NBSP}"):
        return format_html('<time datetime="{}">1<sup>er</sup>{}</time>', day.isoformat(), words[3:])
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


def datetime_element(value: datetime | None) -> SafeString | str:
    """Date and time in the portal's time zone, which it names: readers live in six of them."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    zone = pgettext("Atlantic time, behind a time of day", "AT")
    between = f"{NBSP}à{NBSP}" if in_french() else f" at{NBSP}"
    return format_html(
        '<time datetime="{}">{}{}{}{}</time>',
        local.isoformat(timespec="minutes"), date_words(local), between, time_words(local), f"{NBSP}{zone}",
    )  # fmt: skip


def is_partial_date(value: str) -> bool:
    """Is this 2013, 2013-03 or 2013-03-13, and does such a month or day exist?"""
    match = PARTIAL_DATE.fullmatch(value)
    if not match:
        return False
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def partial_date_words(value: str, *, estimated: bool = False) -> str:
    """Words for a date that may lack its day or month: 2013, March 2013, about 2013."""
    words = _partial_words(value)
    return gettext("about %(date)s") % {"date": words} if words and estimated else words


def _partial_words(value: str) -> str:
    match = PARTIAL_DATE.fullmatch(value or "")
    if not match:
        return ""
    if match["day"]:
        return date_words(date(int(match["year"]), int(match["month"]), int(match["day"])))
    if match["month"]:
        return f"{MONTHS[int(match['month'])]}{NBSP}{match['year']}"
    return match["year"]


# --- Partial dates in a sentence. A day takes an article in French (le 3 mars), a month and a year take none or "en",
# so each phrase is translated whole, once for a day and once for anything coarser, exact and estimated.

_Phrases = dict[tuple[bool, bool], Any]  # (is a day, is estimated) → phrase

_AS_OF: _Phrases = {
    (True, False): pgettext_lazy("a day", "as of %(date)s"),
    (False, False): pgettext_lazy("a month or a year", "as of %(date)s"),
    (True, True): pgettext_lazy("a day", "as of about %(date)s"),
    (False, True): pgettext_lazy("a month or a year", "as of about %(date)s"),
}
_WHEN: _Phrases = {
    (True, False): pgettext_lazy("a day", "on %(date)s"),
    (False, False): pgettext_lazy("a month or a year", "in %(date)s"),
    (True, True): pgettext_lazy("a day", "about %(date)s"),
    (False, True): pgettext_lazy("a month or a year", "about %(date)s"),
}
_SINCE: _Phrases = {
    (True, False): pgettext_lazy("a day", "since %(date)s"),
    (False, False): pgettext_lazy("a month or a year", "since %(date)s"),
    (True, True): pgettext_lazy("a day", "since about %(date)s"),
    (False, True): pgettext_lazy("a month or a year", "since about %(date)s"),
}
_UNTIL: _Phrases = {
    (True, False): pgettext_lazy("a day", "until %(date)s"),
    (False, False): pgettext_lazy("a month or a year", "until %(date)s"),
    (True, True): pgettext_lazy("a day", "until about %(date)s"),
    (False, True): pgettext_lazy("a month or a year", "until about %(date)s"),
}
# (begins with a day, ends with a day)
_FROM_TO: _Phrases = {
    (True, True): pgettext_lazy("a day to a day", "%(start)s to %(end)s"),
    (True, False): pgettext_lazy("a day to a month or a year", "%(start)s to %(end)s"),
    (False, True): pgettext_lazy("a month or a year to a day", "%(start)s to %(end)s"),
    (False, False): pgettext_lazy("a month or a year to a month or a year", "%(start)s to %(end)s"),
}
_ROUGHLY_FROM_TO = pgettext_lazy("one of them estimated", "%(start)s to %(end)s")


def _is_day(value: str) -> bool:
    return value.count("-") == 2


def _phrase(phrases: _Phrases, value: str, estimated: bool) -> str:
    words = _partial_words(value)
    return str(phrases[_is_day(value), estimated]) % {"date": words} if words else ""


def as_of_words(value: str, *, estimated: bool = False) -> str:
    """as of March 3, 2026 (en date du 3 mars 2026); as of about 2025 (vers 2025)."""
    return _phrase(_AS_OF, value, estimated)


def when_words(value: str, *, estimated: bool = False) -> str:
    """on March 3, 2026 (le 3 mars 2026); in 2025 (en 2025); about 2025 (vers 2025)."""
    return _phrase(_WHEN, value, estimated)


def period_words(start: str, end: str, *, about_start: bool = False, about_end: bool = False) -> str:
    """March 1, 2026 to April 2026 (du 1er mars 2026 à avril 2026); one of both alone: since …, until …"""
    first, last = _partial_words(start), _partial_words(end)
    if not (first and last):
        return _phrase(_SINCE, start, about_start) or _phrase(_UNTIL, end, about_end)
    if about_start or about_end:
        first = partial_date_words(start, estimated=about_start)
        last = partial_date_words(end, estimated=about_end)
        return str(_ROUGHLY_FROM_TO) % {"start": first, "end": last}
    return str(_FROM_TO[_is_day(start), _is_day(end)]) % {"start": first, "end": last}
