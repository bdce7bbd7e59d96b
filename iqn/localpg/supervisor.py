"""The server's side: a process that runs PostgreSQL for as long as anybody holds a lease on it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from iqn.localpg import ClusterError
from iqn.localpg.account import as_server, server_environment
from iqn.localpg.binaries import server_bin
from iqn.localpg.locks import EXCLUSIVE, open_lock, still_at, try_lock, unlock
from iqn.localpg.places import Place, place_of
from iqn.localpg.probe import Answer, ask

TICK = 0.25
GRACE = 3.0  # seconds without any client until the server is stopped
CRASHES_MAX = 5  # within a minute
FAST_SHUTDOWN, IMMEDIATE_SHUTDOWN = signal.SIGINT, signal.SIGQUIT

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
SETTINGS_OF_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


class Server:
    """One postmaster: our own child, or one that a killed supervisor left behind."""

    def __init__(self, place: Place, *, durable: bool) -> None:
        self.place = place
        self.settings = SETTINGS | {"unix_socket_directories": str(place.sockets)}
        if not durable:
            self.settings |= SETTINGS_OF_TESTS
        self.child: subprocess.Popen | None = None
        self.pid: int | None = None

    def start(self) -> None:
        found = self._pid_on_file()
        if ask(self.place.sockets) is not Answer.NOBODY:
            self.child, self.pid = None, found
            return
        environment = server_environment()
        if found:
            # Nobody answers, so that process is dead, or by now another program with its number. PostgreSQL
            # refuses to start while the number exists; told that it is an ancestor's it looks on, and still
            # refuses if anybody uses the old shared memory.
            environment["PG_GRANDPARENT_PID"] = str(found)
        command = [str(server_bin() / "postgres"), "-D", str(self.place.data)]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        self.child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, cwd="/", env=environment, **as_server()
        )
        self.pid = self.child.pid

    def _pid_on_file(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self.place.data / "postmaster.pid").read_text().splitlines()[0])
        return None

    def alive(self) -> bool:
        if self.child is not None:
            return self.child.poll() is None
        return self.pid is not None and _runs(self.pid)

    def stop(self) -> None:
        for how, patience in ((FAST_SHUTDOWN, 20), (IMMEDIATE_SHUTDOWN, 10)):
            end = time.monotonic() + patience
            if self.pid is not None and self.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, how)
            while self.alive() and time.monotonic() < end:
                time.sleep(0.02)


def _runs(pid: int) -> bool:
    """Is that process there, and not just waiting for its parent to notice its end?"""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):  # gone, or by now somebody else's
        return False
    with contextlib.suppress(OSError, IndexError):  # where there is no /proc, the parent notices soon
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return True


class Supervisor:
    def __init__(self, place: Place, server: Server, mine: int) -> None:
        self.place, self.server, self.mine = place, server, mine
        self.lease = open_lock(place.lease)
        self.crashes: list[float] = []
        self.idle_since: float | None = None
        self.told_to_stop = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop_soon)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self.server.start()
        while self._wanted():
            time.sleep(TICK)
            if not self.server.alive() and not self._restart():
                return 1
        self.server.stop()
        return 0

    def _stop_soon(self, *_: object) -> None:
        self.told_to_stop = True

    def _restart(self) -> bool:
        now = time.monotonic()
        self.crashes = [moment for moment in self.crashes if moment > now - 60] + [now]
        if len(self.crashes) > CRASHES_MAX:
            return False
        time.sleep(0.2 * len(self.crashes))
        self.server.start()
        return True

    def _wanted(self) -> bool:
        if (
            self.told_to_stop
            or not still_at(self.mine, self.place.supervisor)
            or not self.place.state.exists()
        ):
            return False  # deleted under us, perhaps made anew: what is there now is not ours
        now = time.monotonic()
        if not try_lock(self.lease, EXCLUSIVE):
            self.idle_since = None
            return True
        unlock(self.lease)
        if self.idle_since is None:
            self.idle_since = now
        return now - self.idle_since < GRACE or self._somebody_joins()

    def _somebody_joins(self) -> bool:
        """Take the lock for good unless somebody holds it or has just taken a lease: nobody can join after."""
        gate = open_lock(self.place.lock)
        if try_lock(gate, EXCLUSIVE) and try_lock(self.lease, EXCLUSIVE):
            return False
        os.close(gate)
        self.idle_since = None
        return True


def supervise(state: Path, *, durable: bool) -> int:
    place = place_of(state)
    mine = open_lock(place.supervisor)
    for _ in range(20):  # somebody may just be asking whether it is held
        if try_lock(mine, EXCLUSIVE):
            return Supervisor(place, Server(place, durable=durable), mine).run()
        time.sleep(0.05)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(supervise(Path(sys.argv[1]), durable=sys.argv[2] != "fast"))
    except ClusterError as exc:
        sys.exit(str(exc))
