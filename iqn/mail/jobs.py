"""What the worker does for the ledger."""

from procrastinate.contrib.django import app

from iqn.mail import sending


@app.task(name="iqn.mail.jobs.deliver")
def deliver(message_id: int) -> None:
    sending.deliver(message_id)


@app.periodic(cron="* * * * *")
@app.task(name="iqn.mail.jobs.sweep", queueing_lock="iqn.mail.sweep")
def sweep(timestamp: int) -> None:
    sending.sweep()


@app.periodic(cron="40 4 * * *")
@app.task(name="iqn.mail.jobs.purge", queueing_lock="iqn.mail.purge")
def purge(timestamp: int) -> None:
    sending.purge()
