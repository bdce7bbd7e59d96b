"""Clusters and clients that are real processes, to be looked at and killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from iqn.localpg.locks import is_held
from iqn.localpg.places import Place, place_of

ROOT = Path(__file__).resolve().parents[2]
CLIENT = Path(__file__).with_name("client.py")


class Refused(Exception):
    """The client got no connection; the text is what its user reads."""


class Lost(Exception):
    """The client's connection broke."""


class Client:
    """A process with connections to the server of a state folder."""

    def __init__(self, state: Path, *, durable: bool = False, **environment: str) -> None:
        command = [sys.executable, str(CLIENT), str(state), "durable" if durable else "fast"]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )

    def ask(self, sql: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(sql + "\n")
        self.process.stdin.flush()

    def hear(self) -> list[list]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise Lost("the client itself is gone")
        said = json.loads(line)
        if "refused" in said:
            raise Refused(said["refused"])
        if "lost" in said:
            raise Lost(said["lost"])
        return said["rows"]

    def sql(self, sql: str) -> list[list]:
        self.ask(sql)
        return self.hear()

    def value(self, sql: str) -> object:
        return self.sql(sql)[0][0]

    def leave(self) -> None:
        """End as a program ends that is done."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def kill(self) -> None:
        self.process.kill()
        self.leave()


class Cluster:
    """A state folder, and what runs for it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.clients: list[Client] = []

    @property
    def place(self) -> Place:
        place_of.cache_clear()
        return place_of(self.state)

    def client(self, **how) -> Client:
        self.clients.append(Client(self.state, **how))
        return self.clients[-1]

    def postmaster(self) -> int:
        return int((self.place.data / "postmaster.pid").read_text().splitlines()[0])

    def supervisors(self) -> list[int]:
        return processes(
            lambda words: "iqn.localpg.supervisor" in words and str(self.state.resolve()) in words
        )

    def is_running(self) -> bool:
        held = self.place.home.exists() and is_held(self.place.supervisor)
        return held or bool(processes(lambda words: str(self.place.data) in words))

    def kill_everything(self) -> None:
        """As if the machine lost its power: no process gets to say goodbye."""
        supervisors, postmaster = self.supervisors(), self.postmaster()
        for pid in [*supervisors, *children_of(postmaster), postmaster]:
            kill(pid)
        for client in self.clients:
            client.kill()

    def stop(self) -> None:
        """End it now, without waiting for the grace that clients are given."""
        for client in self.clients:
            client.kill()
        for pid in self.supervisors():
            kill(pid, signal.SIGTERM)
        until(lambda: not self.is_running(), seconds=15)


def kill(pid: int, how: int = signal.SIGKILL) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, how)


def _listing() -> Iterator[tuple[int, int, str, str]]:
    out = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    for line in out.stdout.splitlines():
        pid, parent, state, *words = line.split(None, 3)
        yield int(pid), int(parent), state, words[0] if words else ""


def processes(wanted: Callable[[str], bool]) -> list[int]:
    return [pid for pid, _, state, words in _listing() if state[0] != "Z" and wanted(words)]


def children_of(pid: int) -> list[int]:
    return [child for child, parent, _, _ in _listing() if parent == pid]


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.05)
