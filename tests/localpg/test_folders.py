"""Odd folders, other accounts, other versions, other programs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from iqn.localpg.binaries import bin_dir
from iqn.localpg.places import SHARED_ROOT
from tests.localpg.processes import ROOT, Cluster, Refused

Clusters = Callable[[Path], Cluster]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")
DEBIAN = Path("/usr/lib/postgresql/15/bin")


def test_a_folder_with_spaces_and_accents(clusters: Clusters, folder: Path) -> None:
    cluster = clusters(folder / "mes données $HOME" / "état n° 1")
    assert cluster.client().value("SELECT 1") == 1


def test_a_path_too_long_for_a_socket(clusters: Clusters, folder: Path) -> None:
    cluster = clusters(folder / ("deep" * 15) / ("deeper" * 10))
    assert cluster.client().value("SELECT 1") == 1
    assert cluster.place.sockets.parent == Path("/tmp")
    assert cluster.place.sockets.stat().st_mode & 0o077 == 0


def test_a_socket_folder_laid_out_by_somebody_else_is_refused(clusters: Clusters, folder: Path) -> None:
    cluster = clusters(folder / ("deep" * 15) / ("deeper" * 10))
    trap = folder / "trap"
    trap.mkdir()
    cluster.place.sockets.symlink_to(trap)
    try:
        with pytest.raises(Refused, match="is not a private folder"):
            cluster.client().sql("SELECT 1")
        assert list(trap.iterdir()) == []
        assert trap.stat().st_uid == os.geteuid()
    finally:
        cluster.place.sockets.unlink()


@pytest.mark.slow
def test_only_its_owner_can_read_it(cluster: Cluster) -> None:
    cluster.client().sql("SELECT 1")
    for path in (cluster.place.data, cluster.place.sockets, cluster.place.log, cluster.place.lease):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_environment_cannot_move_the_server(cluster: Cluster) -> None:
    client = cluster.client(PGPORT="9999", PGDATA="/nowhere", PGHOST="example.org", PGDATABASE="other")
    assert client.sql("SELECT current_database(), current_user, inet_server_addr()") == [["iqn", "iqn", None]]
    assert client.value("SHOW listen_addresses") == ""


@pytest.mark.slow
def test_data_of_another_major_version_is_refused(cluster: Cluster) -> None:
    cluster.client().sql("SELECT 1")
    cluster.stop()
    (cluster.place.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refused, match="was made by PostgreSQL 9, and the programs here are"):
        cluster.client().sql("SELECT 1")


@pytest.mark.slow
def test_a_folder_without_programs_is_named(cluster: Cluster) -> None:
    with pytest.raises(Refused, match="PG_BIN_DIR is /nowhere, and there is no postgres in it"):
        cluster.client(PG_BIN_DIR="/nowhere").sql("SELECT 1")


@pytest.mark.slow
@pytest.mark.skipif(not (DEBIAN / "postgres").exists(), reason="no PostgreSQL 15 here")
def test_an_older_server_of_the_system_does_as_well(cluster: Cluster) -> None:
    client = cluster.client(PG_BIN_DIR=str(DEBIAN))
    assert str(client.value("SHOW server_version")).startswith("15.")
    assert client.value("SELECT upper('élodie')") == "ÉLODIE"


@as_root
@pytest.mark.slow
def test_root_in_a_private_folder_keeps_its_data_elsewhere(clusters: Clusters, folder: Path) -> None:
    folder.chmod(0o700)
    cluster = clusters(folder / "state")
    cluster.client().sql("CREATE TABLE kept AS SELECT 1 AS n")
    first = cluster.place.home
    assert first.parent == SHARED_ROOT
    assert folder.stat().st_mode & 0o777 == 0o700
    cluster.stop()
    assert cluster.client().value("SELECT n FROM kept") == 1
    cluster.stop()
    shutil.rmtree(cluster.state)
    anew = clusters(cluster.state)
    assert anew.client().value("SELECT to_regclass('kept')") is None
    assert anew.place.home != first
    shutil.rmtree(first)


@pytest.mark.slow
@as_root
@pytest.mark.parametrize("umask", ["0077", "0000"])
def test_root_with_an_unusual_umask(clusters: Clusters, folder: Path, umask: str) -> None:
    before = os.umask(int(umask, 8))
    try:
        assert clusters(folder / "deep" / "state").client().value("SELECT 1") == 1
    finally:
        os.umask(before)


@as_root
def test_somebody_elses_folder_is_refused(cluster: Cluster) -> None:
    cluster.state.mkdir()
    os.chown(cluster.state, 65534, 65534)
    with pytest.raises(Refused, match="belongs to user 65534"):
        cluster.client().sql("SELECT 1")


@pytest.mark.slow
def test_the_shell_uses_the_same_server(cluster: Cluster) -> None:
    program = (
        "from django.conf import settings;"
        "settings.configure(DATABASES={'default': {'ENGINE': 'iqn.localpg', 'NAME': 'iqn', 'USER': 'iqn', "
        f"'STATE_DIR': '{cluster.state}'}}}});"
        "from django.core.management import execute_from_command_line;"
        "execute_from_command_line(['manage.py', 'dbshell', '--', '-Atc', 'SELECT current_user'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("iqn\n", 0), done.stderr


def private_programs(folder: Path) -> str:
    """The wheel's programs in a folder that only root can enter; its PG_BIN_DIR."""
    package, install = bin_dir().parents[1], bin_dir().parent
    shutil.copytree(install, folder / package.name / install.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs")
    folder.chmod(0o700)
    return str(folder / package.name / install.name / "bin")


def copies_from(folder: Path) -> list[Path]:
    return [
        note.parent for note in SHARED_ROOT.glob("bin-*/origin") if note.read_text().startswith(str(folder))
    ]


@as_root
@pytest.mark.slow
def test_root_copies_programs_out_of_reach_and_drops_the_copy_later(clusters: Clusters, folder: Path) -> None:
    first, second = folder / "first", folder / "second"
    cluster = clusters(folder / "state")
    assert cluster.client(PG_BIN_DIR=private_programs(first)).value("SELECT 1") == 1
    assert len(copies_from(first)) == 1
    cluster.stop()
    shutil.rmtree(first)
    assert cluster.client(PG_BIN_DIR=private_programs(second)).value("SELECT 1") == 1
    assert copies_from(first) == []
    cluster.stop()
    for copy in copies_from(second):
        shutil.rmtree(copy)
