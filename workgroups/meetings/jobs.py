"""What the worker does for meetings."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from workgroups.meetings.actions import invitations
from workgroups.meetings.notifications import nudges

NUDGED_FROM, NUDGED_UNTIL = 7, 19  # o'clock in Halifax


@app.periodic(cron="30 11 * * *")
@app.task(name="workgroups.meetings.jobs.remind", queueing_lock="workgroups.meetings.remind")
def remind(timestamp: int) -> None:
    """Every morning: meetings of the next three days."""
    invitations.remind_of_meetings()


@app.periodic(cron="20 * * * *")
@app.task(name="workgroups.meetings.jobs.nudge", queueing_lock="workgroups.meetings.nudge")
def nudge(timestamp: int) -> None:
    """At seven, or as soon after as a worker runs again, though not at night: what has been forgotten."""
    if NUDGED_FROM <= timezone.localtime().hour < NUDGED_UNTIL:
        nudges.nudge()
