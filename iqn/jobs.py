"""Work behind the scenes. Lower layers enqueue by task name; the owning app declares the task in its `jobs.py`.

A job is enqueued in the caller's transaction: no commit, no job. Jobs are idempotent, because a killed worker's job
runs again.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

URGENT, NORMAL, BACKGROUND = 100, 0, -100


def enqueue(task: str, *, priority: int = NORMAL, **arguments: Any) -> None:
    """Have the worker run `task` (such as "iqn.mail.jobs.deliver") with these JSON-able arguments, after commit."""
    app.configure_task(task, priority=priority, allow_unknown=False).defer(**arguments)


def enqueue_once(task: str, *, priority: int = NORMAL) -> None:
    """For a task with a queueing lock, where one run serves all who asked before it began."""
    if not _enqueued(task, priority):
        # The job that waits may begin before this transaction is over, and not see its change
        transaction.on_commit(partial(_enqueued, task, priority))


def _enqueued(task: str, priority: int) -> bool:
    """False where such a job waits already."""
    try:
        with transaction.atomic():
            enqueue(task, priority=priority)
    except AlreadyEnqueued:
        return False
    return True
