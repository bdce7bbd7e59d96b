"""Who starts the server, who shares it, and when it stops."""

import os
import signal
import subprocess
import sys
import time

import pytest

from iqn.localpg.supervisor import GRACE
from tests.localpg.processes import ROOT, Cluster, kill, until

STARTED = "SELECT pg_postmaster_start_time()"


def test_importing_settings_starts_nothing(cluster: Cluster) -> None:
    program = (
        "import django; from django.conf import settings;"
        "settings.configure(INSTALLED_APPS=['django.contrib.contenttypes'], DATABASES={'default': "
        f"{{'ENGINE': 'iqn.localpg', 'NAME': 'iqn', 'USER': 'iqn', 'STATE_DIR': '{cluster.state}'}}}});"
        "django.setup(); from django.db import connection; connection.vendor"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
    assert not cluster.state.exists()


def test_four_processes_at_once_get_one_server(cluster: Cluster) -> None:
    clients = [cluster.client() for _ in range(4)]
    for client in clients:
        client.ask(STARTED)
    assert len({client.hear()[0][0] for client in clients}) == 1
    assert len(cluster.supervisors()) == 1


def test_it_speaks_unicode_and_compares_by_code(cluster: Cluster) -> None:
    client = cluster.client(LANG="nonsense", LC_ALL="")
    assert client.value("SELECT upper('élodie') || current_setting('server_encoding')") == "ÉLODIEUTF8"
    assert client.value("SHOW timezone") == "UTC"


@pytest.mark.slow
def test_it_stops_once_nobody_is_left_however_they_went(cluster: Cluster) -> None:
    first, second = cluster.client(), cluster.client()
    first.sql("SELECT 1")
    second.sql("SELECT 1")
    first.leave()
    second.kill()
    assert cluster.is_running()
    until(lambda: not cluster.is_running(), seconds=12)
    assert "database system is shut down" in cluster.place.log.read_text()


@pytest.mark.slow
def test_a_client_that_comes_back_in_time_finds_it_running(cluster: Cluster) -> None:
    for _ in range(10):  # on a busy machine a client may need longer to come back than the grace lasts
        client = cluster.client()
        started = client.value(STARTED)
        client.leave()
        left = time.monotonic()
        back = cluster.client()
        found = back.value(STARTED)
        if time.monotonic() - left < GRACE:
            assert found == started
            return
        back.leave()
    pytest.fail("No client came back within the grace: the machine is too busy to tell.")


@pytest.mark.slow
def test_a_forked_worker_keeps_it_running(cluster: Cluster) -> None:
    parent = cluster.client()
    started = parent.value(STARTED)
    child = int(str(parent.value("!fork")))
    try:
        parent.kill()
        time.sleep(5)
        assert cluster.client().value(STARTED) == started
    finally:
        kill(child)


@pytest.mark.slow
def test_ctrl_c_in_the_terminal_does_not_reach_it(cluster: Cluster) -> None:
    client = cluster.client()
    started = client.value(STARTED)
    os.killpg(client.process.pid, signal.SIGINT)
    client.leave()
    assert cluster.client().value(STARTED) == started


@pytest.mark.slow
def test_a_deleted_folder_ends_its_server_and_a_new_one_starts_empty(cluster: Cluster) -> None:
    client = cluster.client()
    client.sql("CREATE TABLE kept (n int)")
    postmaster = cluster.postmaster()
    subprocess.run(["rm", "-rf", str(cluster.state)], check=True)
    another = cluster.client()
    assert another.value("SELECT to_regclass('kept')") is None
    until(lambda: not _exists(postmaster), seconds=15)
    time.sleep(4)
    assert another.value("SELECT to_regclass('kept')") is None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
