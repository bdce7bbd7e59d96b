"""/health/: 200 while all is well, 503 otherwise, never a secret."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from iqn import jobs
from iqn.mail.models import Message

pytestmark = pytest.mark.django_db
WELL = {
    "status": "ok", "database": "ok", "migrations": "applied", "worker": "ok", "worker_seen_seconds_ago": 0,
    "oldest_job_waits_seconds": None, "oldest_letter_waits_seconds": None,
}  # fmt: skip


def _beat(seconds_ago: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds_ago)],
        )


def _age_jobs(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - make_interval(secs => %s)", [seconds])


def test_all_is_well():
    _beat()

    response = Client().get("/health/")

    assert (response.status_code, response.json()) == (200, WELL)


@pytest.mark.parametrize("silent", [None, 61, 86_400])
def test_a_silent_worker(silent):
    if silent:
        _beat(silent)

    response = Client().get("/health/")

    assert response.status_code == 503
    assert response.json()["worker"] == "silent"


def test_one_living_worker_is_enough():
    _beat(86_400)
    _beat(5)

    assert Client().get("/health/").status_code == 200


def test_a_worker_that_is_behind():
    _beat()
    jobs.enqueue("iqn.mail.jobs.deliver", message_id=1)
    Message.objects.create(event="x", address="a@example.org", language="en")
    fresh = Client().get("/health/")
    _age_jobs(400)
    behind = Client().get("/health/")

    assert fresh.status_code == 200
    assert fresh.json()["oldest_letter_waits_seconds"] < 60  # made just now, on however slow a machine
    assert (behind.status_code, behind.json()["worker"]) == (503, "behind")
    assert 400 <= behind.json()["oldest_job_waits_seconds"] < 410


def test_work_for_later_is_no_delay():
    from procrastinate.contrib.django import app

    _beat()
    app.configure_task("iqn.mail.jobs.deliver", schedule_in={"hours": 1}).defer(message_id=1)
    _age_jobs(4000)

    assert Client().get("/health/").json() == WELL


def test_pending_migrations():
    _beat()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pages' AND name = '0001_initial'")

    response = Client().get("/health/")

    assert (response.status_code, response.json()["migrations"]) == (503, "pending")


def test_no_database(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("password=hunter2 host=db.internal")

    monkeypatch.setattr("iqn.portal.health._has_pending_migrations", refuse)

    response = Client().get("/health/")

    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
    assert "hunter2" not in response.content.decode()
