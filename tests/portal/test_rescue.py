"""Jobs whose worker was killed run again."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from iqn import jobs
from iqn.portal.jobs import rescue

pytestmark = pytest.mark.django_db(transaction=True)


def _worker(silent_for: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - timedelta(seconds=silent_for)],
        )
        return cursor.fetchone()[0]


def _doing(worker: int, name: str | None = None) -> int:
    if name:
        jobs.enqueue_once("iqn.mail.jobs.deliver", name=name, message_id=1)
    else:
        jobs.enqueue("iqn.mail.jobs.deliver", message_id=1)
    job = ProcrastinateJob.objects.latest("id")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job.pk]
        )
    return job.pk


def _rescue() -> None:
    async def run():
        from procrastinate import JobContext
        from procrastinate.contrib.django import app

        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                await rescue.func(
                    JobContext(app=working, job=None, start_timestamp=0, abort_reason=lambda: None), 0
                )

    with ThreadPoolExecutor(1) as apart:  # a test with a browser may have left a loop in this thread
        apart.submit(asyncio.run, run()).result()


def test_only_jobs_of_dead_workers(caplog):
    dead, alive = _doing(_worker(silent_for=120)), _doing(_worker(silent_for=5))

    _rescue()

    assert dict(ProcrastinateJob.objects.values_list("pk", "status")) == {dead: "todo", alive: "doing"}
    assert "lost its worker" in caplog.text


def test_a_job_whose_work_waits_again_goes_and_the_others_are_rescued():
    dead = _worker(silent_for=120)
    _doing(dead, name="letter")
    other = _doing(dead)
    assert jobs.enqueue_once("iqn.mail.jobs.deliver", name="letter", message_id=1)
    newer = ProcrastinateJob.objects.latest("id").pk

    _rescue()

    assert dict(ProcrastinateJob.objects.values_list("pk", "status")) == {newer: "todo", other: "todo"}
