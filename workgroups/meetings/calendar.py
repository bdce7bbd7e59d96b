"""Meetings as iCalendar (RFC 5545, RFC 5546): in letters, and as feeds that calendars subscribe to.

Times are written in UTC, so that no calendar has to know our time zones; one entry keeps its UID for ever, and its
SEQUENCE grows with every change that matters. No names of people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from workgroups.meetings.models import Meeting
from workgroups.meetings.times import is_whole_day, when_words

PRODUCT = "-//International Qualifications Network//IQN portal//EN"
REQUEST, CANCEL = "REQUEST", "CANCEL"


def letter_part(meeting: Meeting, *, method: str, address: str) -> str:
    """For one person's letter, with the way in; it names nobody but the address that the letter goes to."""
    calendar = _calendar(method)
    entry = entry_of(meeting, with_link=True)
    entry.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["RSVP"] = "FALSE"  # the letter's own links take the answer
    entry.add("attendee", attendee)
    calendar.add_component(entry)
    return _text(calendar)


def feed(meetings: Iterable[Meeting], *, name: str, with_links: bool) -> str:
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=12), {"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(entry_of(meeting, with_link=with_links))
    return _text(calendar)


def entry_of(meeting: Meeting, *, with_link: bool) -> Event:
    url = settings.SITE_ORIGIN + meeting.get_absolute_url()
    entry = Event()
    entry.add("uid", str(meeting.uid))
    entry.add("sequence", meeting.calendar_sequence)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    for name, moment in zip(("dtstart", "dtend"), _days_or_moments(meeting), strict=True):
        entry.add(name, moment)
    entry.add("summary", _("%(group)s: quarterly meeting") % {"group": meeting.group})
    entry.add("status", "CONFIRMED" if meeting.is_planned else "CANCELLED")
    entry.add("url", url)
    if meeting.place:
        entry.add("location", meeting.place)
    lines = [
        meeting.identifier,
        when_words(meeting.starts_at, meeting.ends_at, meeting.time_zone),
        str(meeting.get_mode_display()),
    ]
    if with_link and meeting.is_planned and meeting.join_link:
        lines.append(_("Join: %(link)s") % {"link": meeting.join_link})
    entry.add("description", "\n".join([*lines, url]))
    return entry


def _days_or_moments(meeting: Meeting) -> list[date] | list[datetime]:
    """Its day alone where nobody knows the hours: midnight here is another day elsewhere."""
    assert meeting.starts_at is not None  # a quarter that was passed over stands in no calendar
    assert meeting.ends_at is not None
    moments = (meeting.starts_at, meeting.ends_at)
    if is_whole_day(*moments, meeting.zone):
        return [timezone.localtime(moment, meeting.zone).date() for moment in moments]
    return [moment.astimezone(UTC) for moment in moments]


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _text(calendar: Calendar) -> str:
    return calendar.to_ical().decode()
