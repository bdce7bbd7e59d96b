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


def enqueue_once(task: str, *, name: str, priority: int = NORMAL, **arguments: Any) -> bool:
    """The same, unless a job of this name waits already. Returns whether there is a new one."""
    wanted = app.configure_task(task, priority=priority, queueing_lock=name, allow_unknown=False)
    try:
        with transaction.atomic():  # the database refuses the second, and the caller's transaction lives on
            wanted.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def enqueue_shared(task: str, *, priority: int = NORMAL) -> None:
    """For a task whose one run serves all who asked before it began; its own name is the name of the job."""
    if not enqueue_once(task, name=task, priority=priority):
        # The job that waits may begin before this transaction is over, and not see its change
        transaction.on_commit(partial(enqueue_once, task, name=task, priority=priority))
