"""What the worker does for people and membership."""

from __future__ import annotations

from procrastinate.contrib.django import app

from members.actions import messages


@app.periodic(cron="*/10 * * * *")
@app.task(name="members.jobs.wipe_sent_texts", queueing_lock="members.wipe_sent_texts")
def wipe_sent_texts(timestamp: int) -> None:
    """Letters between members: the text goes once it has been sent."""
    messages.wipe_sent_texts()
