"""What waits for FCRO staff, over all apps, oldest first.

Each kind is one function that answers its oldest rows and how many there are, in one query. A later feature adds its
kind to KINDS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext_lazy

from initiatives.choices import PostState
from initiatives.models import Initiative, Report
from iqn.mail.models import Message, MessageState
from iqn.portal.ages import age_words
from iqn.portal.wanted import wanted_texts
from members.models import MembershipApplication

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One thing that waits, before anybody looks at the clock."""

    since: datetime
    title: str
    url: str
    detail: Words = ""
    language: str = ""  # of the title, where it is not the page's


@dataclass(frozen=True)
class Kind:
    name: str
    label: Callable[[int], str]  # of the number in the summary
    tag: Words
    verb: Words  # on the button
    late_after: timedelta
    fetch: Callable[[int], tuple[list[Row], int]]


@dataclass(frozen=True)
class Waiting:
    kind: Kind
    row: Row
    age: str
    is_late: bool


@dataclass(frozen=True)
class Summary:
    """How many of one kind wait, and how long the oldest has."""

    kind: Kind
    count: int
    oldest_age: str
    is_late: bool

    @property
    def label(self) -> str:
        return self.kind.label(self.count)


@dataclass(frozen=True)
class Queue:
    rows: list[Waiting]
    summaries: list[Summary]

    @property
    def total(self) -> int:
        return sum(summary.count for summary in self.summaries)


def look(limit: int, *, only: str = "", now: datetime | None = None) -> Queue:
    """The `limit` oldest things that wait (of one kind, if named), and a summary of every kind."""
    now = now or timezone.now()
    rows, summaries = [], []
    for kind in KINDS:
        found, count = kind.fetch(limit)
        waiting = [
            Waiting(kind, row, age_words(row.since, now), now - row.since > kind.late_after) for row in found
        ]
        oldest = waiting[0] if waiting else None
        summaries.append(Summary(kind, count, oldest.age if oldest else "", bool(oldest and oldest.is_late)))
        if only in ("", kind.name):
            rows += waiting
    rows.sort(key=lambda waiting: waiting.row.since)
    return Queue(rows[:limit], summaries)


def _counted(queryset, limit: int) -> tuple[list[Any], int]:
    found = list(queryset.annotate(waiting_in_all=Window(Count("pk")))[:limit])
    return found, found[0].waiting_in_all if found else 0


def _applications(limit: int) -> tuple[list[Row], int]:
    found, count = _counted(
        MembershipApplication.objects.waiting_for_staff().select_related("person", "organization"), limit
    )
    return [
        Row(
            row.state_since, row.person.name,
            reverse("admin:members_membershipapplication_change", args=[row.pk]),
            str(row.organization),
        )
        for row in found
    ], count  # fmt: skip


def _first_posts(limit: int) -> tuple[list[Row], int]:
    found, count = _counted(
        Initiative.objects.filter(state=PostState.SUBMITTED)
        .select_related("author")
        .defer("problem", "work", "results", "lessons", "search_vector", "search_text")
        .order_by("state_since", "pk"),
        limit,
    )
    return [
        Row(
            row.state_since, row.title, reverse("admin:initiatives_initiative_review", args=[row.pk]),
            f"{row.identifier}, {row.author}" if row.author else row.identifier, row.language,
        )
        for row in found
    ], count  # fmt: skip


def _reports(limit: int) -> tuple[list[Row], int]:
    found, count = _counted(Report.objects.open().select_related("initiative", "comment__author"), limit)
    return [
        Row(
            row.created_at, row.initiative.title, reverse("admin:initiatives_report_change", args=[row.pk]),
            _reported(row), row.initiative.language,
        )
        for row in found
    ], count  # fmt: skip


def _reported(report: Report) -> str:
    what = report.initiative.identifier
    if report.comment:
        what = _("a comment by %(name)s") % {"name": report.comment.author}
    return f"{report.get_reason_display()}, {what}"


def _translations(limit: int) -> tuple[list[Row], int]:
    found, count = wanted_texts(limit)
    return [
        Row(text.since, text.title, text.url, text.detail, text.wanted.source_language)
        for text in found
        if text.since  # always: only rows that want something are asked for
    ], count


def _letters(limit: int) -> tuple[list[Row], int]:
    found, count = _counted(Message.objects.needing_a_person().order_by("created_at", "pk"), limit)
    return [
        Row(
            row.created_at,
            row.address,
            reverse("admin:mail_message_change", args=[row.pk]),
            _SHORT[row.state],
        )
        for row in found
    ], count


_SHORT = {
    MessageState.FAILED: _("The mail server refused the letter."),
    MessageState.UNSURE: _("The letter was perhaps sent, perhaps not."),
}

KINDS: Iterable[Kind] = (
    Kind(
        "applications", lambda n: npgettext("things that wait", "application", "applications", n), pgettext_lazy("one thing that waits", "Application"),
        pgettext_lazy("button", "Decide"), timedelta(days=7), _applications,
    ),
    Kind(
        "first-posts", lambda n: npgettext("things that wait", "first posting", "first postings", n), pgettext_lazy("one thing that waits", "First posting"),
        pgettext_lazy("button", "Review"), timedelta(days=7), _first_posts,
    ),
    Kind(
        "reports", lambda n: npgettext("things that wait", "report", "reports", n), pgettext_lazy("one thing that waits", "Report"),
        pgettext_lazy("button", "Answer"), timedelta(days=2), _reports,
    ),
    Kind(
        "translations", lambda n: npgettext("things that wait", "translation", "translations", n), pgettext_lazy("one thing that waits", "Translation"),
        pgettext_lazy("button", "Translate"), timedelta(days=30), _translations,
    ),
    Kind(
        "letters", lambda n: npgettext("things that wait", "letter not delivered", "letters not delivered", n), pgettext_lazy("one thing that waits", "Letter"),
        pgettext_lazy("button", "Look"), timedelta(days=1), _letters,
    ),
)  # fmt: skip
