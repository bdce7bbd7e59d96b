"""What the worker does for people and membership."""

from __future__ import annotations

from procrastinate.contrib.django import app

from members.actions import messages
from members.actions import purge as purging


@app.periodic(cron="*/10 * * * *")
@app.task(name="members.jobs.wipe_sent_texts", queueing_lock="members.wipe_sent_texts")
def wipe_sent_texts(timestamp: int) -> None:
    """Letters between members: the text goes once it has been sent."""
    messages.wipe_sent_texts()


@app.periodic(cron="20 4 * * *")
@app.task(name="members.jobs.purge", queueing_lock="members.purge")
def purge(timestamp: int) -> None:
    """Every night: remove what the privacy notice says is removed."""
    purging.purge()
