"""Rows that only served for a while: forms that were sent, sessions that ended, limits that are over, failed jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from iqn import jobs
from iqn.submissions.models import Submission

# Long enough that a form sent again from a page left open over night still does nothing twice
SUBMISSIONS_KEPT = timedelta(days=2)
FAILED_JOBS_KEPT = 30 * 24  # hours; those that succeeded go at once
REMOVE_OLD_JOBS = "builtin:procrastinate.builtin_tasks.remove_old_jobs"


def clean(now: datetime | None = None) -> None:
    now = now or timezone.now()
    Submission.objects.filter(sent_at__lt=now - SUBMISSIONS_KEPT).delete()
    call_command("clearsessions")
    # The addresses and browsers of sessions that are no more. A session is written before its note is
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    _forget_stale_counts(now)
    jobs.enqueue(
        REMOVE_OLD_JOBS,
        max_hours=FAILED_JOBS_KEPT,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )


def _forget_stale_counts(now: datetime) -> None:
    """Django drops what has expired from its cache only when it is asked for again, or when the cache is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608
