"""Calendars as two libraries read them that share no code: what they do not both find there, nobody should rely on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import icalendar
from ical.calendar_stream import IcsCalendarStream

LONGEST_LINE = 75  # octets, before a line is folded


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    status: str
    stamped: datetime
    starts: datetime | date  # a day where the hours are not known
    ends: datetime | date
    summary: str
    description: str
    place: str | None
    url: str
    organizer: str | None
    attendees: tuple[tuple[str, bool | None], ...]  # address, is an answer by mail asked for


@dataclass(frozen=True)
class Read:
    method: str
    entries: list[Entry]

    @property
    def entry(self) -> Entry:
        [entry] = self.entries
        return entry


def read(text: str) -> Read:
    check_lines(text)
    ours, theirs = by_icalendar(text), by_ical(text)
    assert ours == theirs
    return ours


def check_lines(text: str) -> None:
    """What both libraries forgive, and some calendars do not."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert [line for line in lines if "\r" in line or "\n" in line] == []
    assert [line for line in lines if len(line.encode()) > LONGEST_LINE] == []
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    entries = lines.count("BEGIN:VEVENT")
    for name, times in {
        "VERSION:2.0": 1,
        "PRODID:": 1,
        "METHOD:": 1,
        "UID:": entries,
        "DTSTAMP:": entries,
    }.items():
        assert (name, sum(line.startswith(name) for line in lines)) == (name, times)


def by_icalendar(text: str) -> Read:
    calendar = icalendar.Calendar.from_ical(text)
    assert [error for component in calendar.walk() for error in component.errors] == []
    return Read(str(calendar["method"]), [_of_icalendar(entry) for entry in calendar.walk("VEVENT")])


def _of_icalendar(entry: icalendar.Event) -> Entry:
    attendees = entry.get("attendee", [])
    return Entry(
        uid=str(entry["uid"]),
        sequence=entry["sequence"],
        status=str(entry["status"]),
        stamped=entry["dtstamp"].dt,
        starts=entry["dtstart"].dt,
        ends=entry["dtend"].dt,
        summary=str(entry["summary"]),
        description=str(entry["description"]),
        place=str(entry["location"]) if "location" in entry else None,
        url=str(entry["url"]),
        organizer=str(entry["organizer"]) if "organizer" in entry else None,
        attendees=tuple(
            (str(each), {"TRUE": True, "FALSE": False}.get(each.params.get("RSVP")))
            for each in (attendees if isinstance(attendees, list) else [attendees])
        ),
    )


def by_ical(text: str) -> Read:
    calendar = IcsCalendarStream.calendar_from_ics(text)
    assert (calendar.todos, calendar.journal, calendar.freebusy, calendar.timezones) == ([], [], [], [])
    return Read(str(calendar.method), [_of_ical(entry) for entry in calendar.events])


def _of_ical(entry) -> Entry:
    return Entry(
        uid=entry.uid,
        sequence=entry.sequence,
        status=entry.status.value,
        stamped=entry.dtstamp,
        starts=entry.dtstart,
        ends=entry.dtend,
        summary=entry.summary,
        description=entry.description,
        place=entry.location,
        url=entry.url,
        organizer=entry.organizer and entry.organizer.uri,
        attendees=tuple((each.uri, each.rsvp) for each in entry.attendees),
    )
