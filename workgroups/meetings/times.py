"""When a meeting is, in words and in the time zone of its group; and the same hour a quarter later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iqn.dates import date_words, in_french, time_words

QUARTER = timedelta(weeks=13)  # the same weekday
ZONES = {
    "America/St_Johns": gettext_lazy("Newfoundland time"),
    "America/Halifax": gettext_lazy("Atlantic time"),
    "America/Toronto": gettext_lazy("Eastern time"),
    "America/Winnipeg": gettext_lazy("Central time"),
    "America/Edmonton": gettext_lazy("Mountain time"),
    "America/Vancouver": gettext_lazy("Pacific time"),
}


class NoSuchTime(ValueError):
    """The clock jumps over it."""


def zone_words(name: str) -> str:
    return str(ZONES.get(name) or name.split("/")[-1].replace("_", " "))


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """That hour of that day in this zone. In autumn, when an hour comes twice, the first one."""
    local = datetime.combine(day, clock, tzinfo=zone)
    try:
        comes_back = local.astimezone(UTC).astimezone(zone)
    except OverflowError as exc:  # the last evening of the year 9999
        raise NoSuchTime(str(local)) from exc
    if comes_back.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(str(local))
    return local


def a_quarter_later(day: date, *, after: date) -> date:
    """The same weekday, thirteen weeks on, or as many quarters as it takes to come after that day."""
    later = day + QUARTER
    while later <= after:
        later += QUARTER
    return later


def day_words(value: datetime, zone: ZoneInfo) -> str:
    """Thursday, March 12, 2026; jeudi 12 mars 2026."""
    day = timezone.localtime(value, zone).date()
    between = " " if in_french() else ", "
    return f"{WEEKDAYS[day.weekday()]}{between}{date_words(day)}"


def hours_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    begins, ends = (time_words(timezone.localtime(value, zone).time()) for value in (starts_at, ends_at))
    return _("%(begins)s to %(ends)s") % {"begins": begins, "ends": ends}


def whole_day(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From midnight to midnight: for a meeting of which nobody knows the hours any more."""
    return moment(day, time(0), zone), moment(day + timedelta(days=1), time(0), zone)


def is_whole_day(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    hours = {timezone.localtime(value, zone).time() for value in (starts_at, ends_at)}
    return hours == {time(0)}


def when_words(starts_at: datetime | None, ends_at: datetime | None, time_zone: str) -> str:
    """Thursday, March 12, 2026, 1 pm to 3 pm (Atlantic time); nothing for a quarter that was passed over"""
    if starts_at is None or ends_at is None:
        return ""
    zone = ZoneInfo(time_zone)
    if is_whole_day(starts_at, ends_at, zone):
        return day_words(starts_at, zone)
    return _("%(day)s, %(hours)s (%(zone)s)") % {
        "day": day_words(starts_at, zone),
        "hours": hours_words(starts_at, ends_at, zone),
        "zone": zone_words(time_zone),
    }


def when(starts_at: datetime | None, ends_at: datetime | None, time_zone: str) -> SafeString | str:
    """The same as a time element."""
    if starts_at is None:
        return ""
    local = timezone.localtime(starts_at, ZoneInfo(time_zone))
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        when_words(starts_at, ends_at, time_zone),
    )
