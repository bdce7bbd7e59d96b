"""Every night, what only served for a while goes, and nothing else."""

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from iqn import jobs
from iqn.portal import cleaning
from iqn.portal.jobs import clean
from iqn.submissions.models import Submission


@pytest.mark.django_db
def test_forms_that_were_sent_are_known_for_two_days():
    now = timezone.now()
    for hours in (1, 47, 49, 2000):
        row = Submission.objects.create(token=uuid.uuid4(), sender="user:1", path=f"/{hours}/")
        Submission.objects.filter(pk=row.pk).update(sent_at=now - timedelta(hours=hours))

    clean(0)

    assert set(Submission.objects.values_list("path", flat=True)) == {"/1/", "/47/"}


@pytest.mark.django_db
def test_sessions_that_ended_go_with_their_addresses(cast):
    now = timezone.now()
    for key, hours in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=now + timedelta(hours=hours))
    for key in ("ended", "open", "signed-out"):
        UserSession.objects.create(
            user=cast.member.user, session_key=key, ip="127.0.0.1", user_agent="A browser"
        )

    clean(0)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["open"]


def _counted() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_limits_that_are_over_are_forgotten():
    cache.clear()  # what tests in a browser counted stays: the table is no model's
    cache.set("limit:short", [1], 60)
    cache.set("limit:long", [1], 24 * 60 * 60)
    assert _counted() == 2

    cleaning.clean(timezone.now() + timedelta(hours=1))

    assert (_counted(), cache.get("limit:long")) == (1, [1])


def _failed(days_ago: int) -> int:
    jobs.enqueue("iqn.mail.jobs.deliver", message_id=days_ago)
    job = ProcrastinateJob.objects.latest("id").pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job])
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - make_interval(days => %s) WHERE job_id = %s",
            [days_ago, job],
        )
    return job


@pytest.mark.django_db(transaction=True)
def test_jobs_that_failed_are_kept_for_a_month():
    _failed(31)
    recent = _failed(29)
    jobs.enqueue("iqn.mail.jobs.deliver", message_id=3)
    waiting = ProcrastinateJob.objects.latest("id").pk
    clean(0)
    asked = ProcrastinateJob.objects.latest("id")

    async def run():
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                context = JobContext(app=working, job=None, start_timestamp=0, abort_reason=lambda: None)
                await working.tasks[asked.task_name].func(context, **asked.args)

    with ThreadPoolExecutor(1) as apart:  # a test with a browser may have left a loop in this thread
        apart.submit(asyncio.run, run()).result()

    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {recent, waiting, asked.pk}
