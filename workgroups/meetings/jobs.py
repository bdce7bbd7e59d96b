"""What the worker does for meetings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from workgroups.meetings.actions import invitations


@app.periodic(cron="30 11 * * *")
@app.task(name="workgroups.meetings.jobs.remind", queueing_lock="workgroups.meetings.remind")
def remind(timestamp: int) -> None:
    """Every morning: meetings of the next three days."""
    invitations.remind_of_meetings()
