"""Is the portal well? Asked by machines and by `./dev run`; answers hold no secret."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import DateTimeField, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from iqn.mail.models import Message, MessageState


@dataclass(frozen=True)
class Health:
    database: str = "unreachable"  # "ok", "unreachable"
    migrations: str = "unknown"  # "applied", "pending"
    worker: str = "unknown"  # "ok", "silent", "behind"
    worker_seen_seconds_ago: int | None = None
    oldest_job_waits_seconds: int | None = None
    oldest_letter_waits_seconds: int | None = None

    @property
    def is_well(self) -> bool:
        return (self.database, self.migrations, self.worker) == ("ok", "applied", "ok")

    def as_dict(self) -> dict:
        return {"status": "ok" if self.is_well else "not ok", **asdict(self)}


def examine() -> Health:
    try:
        if _has_pending_migrations():
            return Health(database="ok", migrations="pending")
        return _with_worker()
    except Error:
        return Health()


def _with_worker() -> Health:
    now = timezone.now()
    seen = _seconds(ProcrastinateWorker.objects.aggregate(at=Max("last_heartbeat"))["at"], now)
    job = _seconds(_oldest_due_job(now), now)
    letter = _seconds(
        Message.objects.filter(state=MessageState.QUEUED).aggregate(at=Min("created_at"))["at"], now
    )
    worker = "ok"
    if seen is None or seen > settings.WORKER_SILENT_AFTER:
        worker = "silent"
    elif job is not None and job > settings.WORKER_BEHIND_AFTER:
        worker = "behind"
    return Health("ok", "applied", worker, seen, job, letter)


def _oldest_due_job(now: datetime) -> datetime | None:
    """When the job that waits longest could have begun."""
    put_in = (
        ProcrastinateEvent.objects.filter(job=OuterRef("pk"), type="deferred").order_by("at").values("at")
    )
    return (
        ProcrastinateJob.objects.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now), status="todo")
        .annotate(due=Coalesce("scheduled_at", Subquery(put_in[:1]), output_field=DateTimeField()))
        .aggregate(at=Min("due"))["at"]
    )


def _has_pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _seconds(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))
