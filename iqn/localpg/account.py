"""The account that the server runs as: PostgreSQL refuses to run as root."""

from __future__ import annotations

import contextlib
import os
import pwd
import subprocess
from pathlib import Path

from iqn.localpg import ClusterError

SERVER_ACCOUNTS = ("postgres", "nobody")


def server_account() -> tuple[int, int] | None:
    """(uid, gid) to run the server as, or None where that is simply oneself."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_ACCOUNTS:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise ClusterError(
        "PostgreSQL does not run as root, and there is neither a postgres nor a nobody account: "
        "use an ordinary account or set DATABASE_URL."
    )


def as_server() -> dict:
    """Arguments for ``subprocess`` that run a program as the server's account."""
    account = server_account()
    return {} if account is None else {"user": account[0], "group": account[1], "extra_groups": []}


def server_environment() -> dict[str, str]:
    """Ours, without what would move the server elsewhere (PGPORT, PGDATA, ...)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"TZ": "UTC"}


def is_reachable(path: Path) -> bool:
    """Can the server's account get at this path?"""
    if server_account() is None:
        return True
    question = ["/bin/sh", "-c", 'test -x "$1"', "-", str(path)]
    return subprocess.run(question, cwd="/", stderr=subprocess.DEVNULL, **as_server()).returncode == 0


def hand_over(path: Path) -> None:
    """Give a folder that we just made to the server's account."""
    account = server_account()
    if account is not None:
        os.chown(path, *account, follow_symlinks=False)
