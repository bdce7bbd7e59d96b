"""The client's side: have a server, and keep it for as long as this process lives."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import iqn
from iqn.localpg import ClusterError
from iqn.localpg.binaries import bin_dir
from iqn.localpg.initdb import ensure_data
from iqn.localpg.locks import SHARED, is_held, locked, open_lock, still_at, wait_for
from iqn.localpg.places import Place, place_of
from iqn.localpg.probe import Answer, ask

START_PATIENCE = 90.0  # recovery after a crash may take long
LOG_MAX = 5_000_000
PROJECT = Path(iqn.__path__[0]).parent

_leases: dict[Place, int] = {}  # kept open, and inherited by forked workers
_supervisors: list[subprocess.Popen] = []  # kept, since they outlive us on purpose


def ensure(state: Path, *, durable: bool = True) -> Path:
    """Have the server up and hold a lease on it. Returns the folder of its socket."""
    place = place_of(state)
    if place in _leases and ask(place.sockets) is Answer.ACCEPTING:
        return place.sockets
    place.prepare()
    with locked(place.lock, START_PATIENCE + 30) as lock:
        _take_lease(place)
        _wait_until_up(place, durable, lock)
    return place.sockets


def _take_lease(place: Place) -> None:
    held = _leases.get(place)
    if held is not None and still_at(held, place.lease):
        return
    lease = open_lock(place.lease)
    wait_for(lease, SHARED)  # a supervisor looks at it for an instant now and then
    _leases[place] = lease


def _wait_until_up(place: Place, durable: bool, lock: int) -> None:
    deadline, starter = time.monotonic() + START_PATIENCE, None
    while ask(place.sockets) is not Answer.ACCEPTING or not is_held(place.supervisor):
        if starter is None and not is_held(place.supervisor):
            ensure_data(place, lock)
            place.prepare_sockets()
            starter = _start_supervisor(place, durable)
        gave_up = starter is not None and starter.poll() is not None and not is_held(place.supervisor)
        if gave_up or time.monotonic() > deadline:
            tail = place.log.read_text(errors="replace")[-2000:]
            raise ClusterError(f"PostgreSQL did not start in {place.home}; its log ends:\n{tail}")
        time.sleep(0.02)


def _start_supervisor(place: Place, durable: bool) -> subprocess.Popen:
    program = [sys.executable, "-P", "-m", "iqn.localpg.supervisor"]
    command = [*program, str(place.state), "durable" if durable else "fast"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PG_BIN_DIR": str(bin_dir())}
    if place.log.exists() and place.log.stat().st_size > LOG_MAX:
        place.log.replace(place.log.with_suffix(".log.1"))
    log = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        starter = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            env=environment,
        )  # Ctrl-C is not for it
    finally:
        os.close(log)
    _supervisors.append(starter)
    return starter
