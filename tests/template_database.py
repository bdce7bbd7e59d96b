"""One migrated database that every test database is copied from.

Migrating takes longer than most runs of a few tests, and PostgreSQL copies a database in a moment. The copy is named
after what it was made from, so a changed migration makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

PREFIX = "migrated-"


def template_database() -> str:
    """The name of the database to copy, made here where it does not exist yet. Parallel workers wait for the first."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    name = PREFIX + _fingerprint()
    with open(Path(settings.DATA_DIR) / "template.lock", "w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        present = _templates()
        if name not in present:
            _make(name, present)
    return name


def _fingerprint() -> str:
    root = Path(settings.BASE_DIR)
    made_from = [root / "requirements.lock", *sorted(root.glob("*/**/migrations/*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()[:16]


def _templates() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        return [row[0] for row in cursor.fetchall()]


def _make(name: str, outdated: list[str]) -> None:
    unfinished = f"{PREFIX}unfinished"
    with connection._nodb_cursor() as cursor:
        for old in {*outdated, unfinished}:
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        cursor.execute(f'CREATE DATABASE "{unfinished}"')
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = unfinished
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
