"""Makes a cluster's data folder, whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from iqn.localpg import DATABASE, SUPERUSER, ClusterError
from iqn.localpg.account import as_server, hand_over, server_environment
from iqn.localpg.binaries import major_version, server_bin
from iqn.localpg.places import Place


def ensure_data(place: Place, lock: int) -> None:
    """Make the data folder unless it is there; refuse one of another major version."""
    bins = server_bin()
    version = major_version(bins)
    marker = place.data / "PG_VERSION"
    if not marker.exists():
        _make(place, bins, version, lock)
    elif (found := marker.read_text().strip()) != version:
        raise ClusterError(
            f"{place.data} was made by PostgreSQL {found}, and the programs here are {version}: dump "
            f"it with those of {found} (PG_BIN_DIR) or remove {place.home}, then start again."
        )


def _make(place: Place, bins: Path, version: str, lock: int) -> None:
    scratch = place.home / "data.new"  # renamed when whole: a killed initdb leaves no half cluster
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    hand_over(scratch)
    _run(
        [bins / "initdb", "-D", scratch, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", *_locale(version)],
        lock,
    )
    single_user = [bins / "postgres", "--single", "-D", scratch, "postgres"]
    _run(single_user, lock, f"CREATE DATABASE {DATABASE}\n")
    scratch.rename(place.data)


def _locale(version: str) -> list[str]:
    """The same rules for letters on every machine, whatever locales it has."""
    if int(version) >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _run(command: list, lock: int, words: str = "") -> None:
    # Programs that outlive their killed parent keep its lock, so nobody starts afresh beside them
    done = subprocess.run(
        command,
        input=words,
        capture_output=True,
        text=True,
        cwd="/",
        pass_fds=[lock],
        env=server_environment(),
        **as_server(),
    )
    if done.returncode:
        raise ClusterError(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
