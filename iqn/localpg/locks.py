"""File locks that end with the process that holds them, even at ``kill -9``."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from iqn.localpg import ClusterError

SHARED, EXCLUSIVE = fcntl.LOCK_SH, fcntl.LOCK_EX


def open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(fd: int, how: int) -> bool:
    try:
        fcntl.flock(fd, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for(fd: int, how: int) -> None:
    fcntl.flock(fd, how)


def unlock(fd: int) -> None:
    fcntl.flock(fd, fcntl.LOCK_UN)


@contextlib.contextmanager
def locked(path: Path, patience: float) -> Iterator[int]:
    """Hold the lock; yields its descriptor, for a child that must hold it too."""
    fd, deadline = open_lock(path), time.monotonic() + patience
    try:
        while not try_lock(fd, EXCLUSIVE):
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"Another process has held {path} for {patience:.0f} s: end it and try again."
                )
            time.sleep(0.05)
        yield fd
    finally:
        os.close(fd)


def is_held(path: Path) -> bool:
    fd = open_lock(path)
    try:
        return not try_lock(fd, SHARED)  # shared: two who ask are not in each other's way
    finally:
        os.close(fd)


def still_at(fd: int, path: Path) -> bool:
    """Is the open file still the one under this name? Not once the folder was deleted or made anew."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except OSError:
        return False
