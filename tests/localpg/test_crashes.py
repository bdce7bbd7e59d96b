"""Whatever is killed, the next connection works and what was acknowledged is there."""

import os
import random
import shutil

import pytest

from tests.localpg.processes import Cluster, Lost, Refused, children_of, kill, processes, until


def test_a_killed_server_is_there_for_the_next_connection(cluster: Cluster) -> None:
    client = cluster.client(durable=True)
    client.sql("CREATE TABLE kept AS SELECT 1 AS n")
    before = cluster.postmaster()
    kill(before)
    with pytest.raises(Lost):
        client.sql("SELECT pg_sleep(5)")
    assert client.value("SELECT n FROM kept") == 1
    assert cluster.postmaster() != before


@pytest.mark.slow
def test_a_killed_supervisor_is_replaced_and_the_server_goes_on(cluster: Cluster) -> None:
    first = cluster.client()
    first.sql("SELECT 1")
    postmaster, [supervisor] = cluster.postmaster(), cluster.supervisors()
    kill(supervisor)
    second = cluster.client()
    second.sql("SELECT 1")
    assert cluster.postmaster() == postmaster
    assert cluster.supervisors() not in ([], [supervisor])
    first.leave()
    second.leave()
    until(lambda: not cluster.is_running(), seconds=12)


@pytest.mark.slow
def test_an_adopted_server_that_is_killed_is_restarted(cluster: Cluster) -> None:
    client = cluster.client()
    client.sql("SELECT 1")
    postmaster = cluster.postmaster()
    kill(cluster.supervisors()[0])
    cluster.client().sql("SELECT 1")
    kill(postmaster)
    assert cluster.client().value("SELECT 2") == 2
    assert cluster.postmaster() != postmaster


def write_and_kill(cluster: Cluster, rows: int) -> set[int]:
    """Two writers, killed with everything else while they write: the numbers that they were promised."""
    writers = [cluster.client(durable=True) for _ in range(2)]
    writers[0].sql("CREATE TABLE IF NOT EXISTS kept (n bigint PRIMARY KEY)")
    promised, start = set(), random.randrange(10**15)
    for number in range(start, start + rows):
        writers[number % 2].sql(f"INSERT INTO kept VALUES ({number})")
        promised.add(number)
    writers[0].ask(f"INSERT INTO kept SELECT generate_series({start}, {start} + 10000) + 10000000")
    cluster.kill_everything()
    return promised


def kept(cluster: Cluster) -> set[int]:
    return {row[0] for row in cluster.client(durable=True).sql("SELECT n FROM kept")}


def test_acknowledged_rows_survive_the_end_of_everything(cluster: Cluster) -> None:
    promised = write_and_kill(cluster, rows=100)
    assert promised <= kept(cluster)


@pytest.mark.slow
def test_acknowledged_rows_survive_five_such_ends(cluster: Cluster) -> None:
    promised: set[int] = set()
    for _ in range(5):
        promised |= write_and_kill(cluster, rows=random.randrange(500, 1000))
        assert promised <= kept(cluster)


@pytest.mark.slow
def test_the_number_of_a_dead_server_may_belong_to_another_program(cluster: Cluster) -> None:
    cluster.client(durable=True).sql("CREATE TABLE kept AS SELECT 1 AS n")
    cluster.kill_everything()
    stale = cluster.place.data / "postmaster.pid"
    lines = stale.read_text().splitlines(keepends=True)
    owner = stale.stat()
    stale.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    os.chown(stale, owner.st_uid, owner.st_gid)
    assert cluster.client(durable=True).value("SELECT n FROM kept") == 1


@pytest.mark.slow
@pytest.mark.parametrize("survivor", ["nobody", "initdb"])
def test_a_first_start_killed_midway_leaves_nothing_half(cluster: Cluster, survivor: str) -> None:
    client = cluster.client()
    client.ask("SELECT 1")
    scratch = str(cluster.place.home / "data.new")
    until(lambda: bool(processes(lambda words: scratch in words)))
    initdb = processes(lambda words: scratch in words)
    client.kill()
    if survivor == "nobody":
        children = [child for parent in initdb for child in children_of(parent)]
        for pid in [*children, *initdb]:
            kill(pid)
    assert not cluster.place.data.exists()
    assert cluster.client().value("SELECT 1") == 1


@pytest.mark.slow
def test_a_cluster_that_cannot_start_says_why(cluster: Cluster) -> None:
    cluster.client().sql("SELECT 1")
    cluster.stop()
    shutil.rmtree(cluster.place.data / "global")
    with pytest.raises(Refused, match="PostgreSQL did not start in .*its log ends"):
        cluster.client().sql("SELECT 1")
