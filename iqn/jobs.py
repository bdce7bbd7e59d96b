"""Work behind the scenes. Lower layers enqueue by task name; the owning app declares the task in its `jobs.py`.

A job is enqueued in the caller's transaction: no commit, no job. Jobs are idempotent, because a killed worker's job
runs again.
"""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

URGENT, NORMAL, BACKGROUND = 100, 0, -100


def enqueue(task: str, *, priority: int = NORMAL, **arguments: Any) -> None:
    """Have the worker run `task` (such as "iqn.mail.jobs.deliver") with these JSON-able arguments, after commit."""
    app.configure_task(task, priority=priority, allow_unknown=False).defer(**arguments)
