"""A worker that is killed in the middle of its work: no letter twice, none lost without a word."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from iqn.mail import sending
from iqn.mail.models import Message, MessageState
from tests.factories.members import make_person

LETTERS = 200
PATIENCE = 180  # seconds

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start_worker(tmp_path, repository):
    workers = []

    def start() -> subprocess.Popen:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.mail.worker_settings",
            "WORKER_DATABASE": connection.settings_dict["NAME"],
            "LETTERS": str(tmp_path),
        }
        with (tmp_path.parent / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "manage.py", "worker"],
                cwd=repository,
                env=environment,
                stdout=log,
                stderr=log,
            )
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.wait()


def _wait(until, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def _queue() -> None:
    person = make_person("Ada")
    with transaction.atomic():
        for number in range(LETTERS):
            sending.queue_secret(
                "test.letter",
                to=person,
                address="ada@example.org",
                language="en",
                subject=f"Letter {number}",
                text="Hello.",
            )


def _sent(folder: Path) -> Counter:
    return Counter(int(path.name.split(".")[0].removeprefix("message-")) for path in folder.iterdir())


def test_each_letter_goes_once(start_worker, tmp_path):
    assert settings.DATABASES["default"]["ENGINE"]
    _queue()
    first = start_worker()
    _wait(lambda: len(_sent(tmp_path)) >= LETTERS // 4, "the worker did not begin")

    first.kill()
    first.wait()
    in_between = len(_sent(tmp_path))
    second = start_worker()
    _wait(lambda: not Message.objects.filter(state=MessageState.QUEUED).exists(), "letters were left waiting")
    _wait(
        lambda: Message.objects.filter(state=MessageState.SENDING, claimed_at__gt=timezone.now() - timedelta(seconds=5)).count() == 0,
        "letters are still being sent",
    )  # fmt: skip
    sending.sweep(now=timezone.now() + sending.UNSURE_AFTER)  # as it runs each minute

    sent = _sent(tmp_path)
    states = dict(Message.objects.values_list("pk", "state"))
    unsure = {pk for pk, state in states.items() if state == MessageState.UNSURE}
    assert in_between < LETTERS
    assert len(states) == LETTERS
    assert set(sent.values()) == {1}
    assert set(states.values()) <= {MessageState.SENT, MessageState.UNSURE}
    assert set(states) - unsure <= set(sent)  # whatever was called sent has arrived
    assert len(unsure) <= settings.WORKER_CONCURRENCY
    second.terminate()
    assert second.wait(timeout=30) == 0


def test_a_worker_told_to_stop_ends_cleanly(start_worker, tmp_path):
    """Letters under way are finished; nothing is left in doubt."""
    _queue()
    worker = start_worker()
    _wait(lambda: len(_sent(tmp_path)) >= 20, "the worker did not begin")

    worker.send_signal(2)  # as Ctrl-C does

    assert worker.wait(timeout=30) == 0
    assert not Message.objects.filter(state=MessageState.SENDING).exists()
    assert Message.objects.filter(state=MessageState.SENT).count() == len(_sent(tmp_path))
