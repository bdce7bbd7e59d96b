"""What the worker does for files by the clock."""

from procrastinate.contrib.django import app

from iqn.files import keeping


@app.periodic(cron="25 5 * * *")
@app.task(name="iqn.files.jobs.clean", queueing_lock="iqn.files.clean")
def clean(timestamp: int) -> None:
    """Every night: files that no row names any more, and those of uploads that came to nothing."""
    keeping.clean()
