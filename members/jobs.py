"""What the worker does for membership."""

from procrastinate.contrib.django import app

from members.actions import purge as purging


@app.periodic(cron="20 4 * * *")
@app.task(name="members.jobs.purge", queueing_lock="members.purge")
def purge(timestamp: int) -> None:
    """Every night: remove what the privacy notice says is removed."""
    purging.purge()
