"""Dates and times in words, as the style guides of both languages want them, with a time element around."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

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
    """Date and time in the portal's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    between = f"{NBSP}à{NBSP}" if in_french() else f" at{NBSP}"
    return format_html(
        '<time datetime="{}">{}{}{}</time>',
        local.isoformat(timespec="minutes"), date_words(local), between, time_words(local),
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
    match = PARTIAL_DATE.fullmatch(value or "")
    if not match:
        return ""
    if match["day"]:
        words = date_words(date(int(match["year"]), int(match["month"]), int(match["day"])))
    elif match["month"]:
        words = f"{MONTHS[int(match['month'])]}{NBSP}{match['year']}"
    else:
        words = match["year"]
    return gettext("about %(date)s") % {"date": words} if estimated else words
