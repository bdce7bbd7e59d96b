"""Where a cluster keeps its files."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from iqn.localpg import ClusterError
from iqn.localpg.account import hand_over, is_reachable, server_account

SHARED_ROOT = Path("/var/lib/iqn-localpg")  # for root, whose own folders the server's account cannot reach
SOCKET_PATH_MAX = 100  # the kernel's limit is 108 on Linux, 104 on macOS, with the final NUL
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Place:
    """The files of one cluster: ``state`` as configured, ``home`` where they really are."""

    state: Path
    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def lease(self) -> Path:
        return self.home / "lease"

    @property
    def supervisor(self) -> Path:
        return self.home / "supervisor"

    @property
    def sockets(self) -> Path:
        """A folder short enough for a Unix socket's name, however deep the checkout lies."""
        beside = self.home / "s"
        if len(os.fsencode(beside / SOCKET_NAME)) <= SOCKET_PATH_MAX:
            return beside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path("/tmp") / f"iqn-pg-{os.geteuid()}-{digest}"

    def prepare(self) -> None:
        """Make the folder, and refuse one that belongs to somebody else."""
        if self.home.parent == SHARED_ROOT:
            make_passable(SHARED_ROOT)
            make_passable(self.home)
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.home.stat().st_uid
        if owner != os.geteuid():
            raise ClusterError(
                f"{self.home} belongs to user {owner}, and you are user {os.geteuid()}: "
                "remove it, set IQN_DATA to another folder, or set DATABASE_URL."
            )

    def prepare_sockets(self) -> None:
        """A private folder for the socket; its name in /tmp may be guessed, so never trust what is there."""
        try:
            self.sockets.mkdir(mode=0o700)
            hand_over(self.sockets)
        except FileExistsError:
            pass
        found = self.sockets.lstat()
        account = server_account()
        owner = os.geteuid() if account is None else account[0]
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise ClusterError(f"{self.sockets} is not a private folder of user {owner}: remove it.")


def make_passable(folder: Path) -> None:
    """A folder of root's that the server's account may pass through, whatever the umask."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)


@functools.cache
def place_of(state: Path) -> Place:
    """Under root the files may have to lie elsewhere, under a name kept in the checkout: so a new checkout at
    the same path never finds an old one's data."""
    state = state.resolve()
    if server_account() is None:
        return Place(state, state)
    state.mkdir(parents=True, exist_ok=True)
    if is_reachable(state):
        return Place(state, state)
    return Place(state, SHARED_ROOT / _kept_name(state / "elsewhere"))


def _kept_name(path: Path) -> str:
    with contextlib.suppress(FileExistsError), tempfile.NamedTemporaryFile("w", dir=path.parent) as whole:
        whole.write(secrets.token_hex(6))
        whole.flush()
        os.link(whole.name, path)  # appears whole or not at all
    return path.read_text()
