"""The worker process: sends the letters of the ledger and does what is due by the clock."""

from __future__ import annotations

import asyncio

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

PATIENCE = 10  # seconds for jobs to end when the worker is told to stop


class Command(BaseCommand):
    help = "Run the worker until Ctrl-C. At least one must run; several may."
    requires_migrations_checks = True

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--once",
            action="store_true",
            help="end when nothing is due any more, instead of waiting for work",
        )

    def handle(self, *args, once: bool = False, **options) -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            asyncio.run(self._work(working, once))
        self.stdout.write("The worker has stopped.")

    async def _work(self, working, once: bool) -> None:
        async with working.open_async():
            await working.run_worker_async(
                concurrency=settings.WORKER_CONCURRENCY,
                wait=not once,
                shutdown_graceful_timeout=PATIENCE,
                delete_jobs="successful",  # the ledger and the history say what was done
                install_signal_handlers=True,
            )
