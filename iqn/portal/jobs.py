"""What the worker does by the clock for the whole portal."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from iqn.portal import cleaning, notifications

log = logging.getLogger(__name__)

TOLD_FROM = 7  # o'clock in Halifax
DEAD_AFTER = 30  # seconds without a sign of life from a worker


@app.periodic(cron="*/10 * * * *")
@app.task(name="iqn.portal.jobs.tell_staff", queueing_lock="iqn.portal.tell_staff")
def tell_staff(timestamp: int) -> None:
    """At seven, or as soon after as a worker runs again; the ledger lets only one letter a day through."""
    if timezone.localtime().hour >= TOLD_FROM:
        notifications.tell_staff()


@app.periodic(cron="* * * * *")
@app.task(name="iqn.portal.jobs.rescue", queueing_lock="iqn.portal.rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed run again; all jobs are made for that."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        log.warning("Job %s (%s) lost its worker and runs again", job.id, job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same work waits in a newer job
            await manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="10 5 * * *")
@app.task(name="iqn.portal.jobs.clean", queueing_lock="iqn.portal.clean")
def clean(timestamp: int) -> None:
    """Every night: what only served for a while goes."""
    cleaning.clean()
