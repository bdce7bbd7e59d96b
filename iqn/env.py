"""Reads the environment, once, typed. A missing or malformed variable stops the start with one sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import environ

TRUE, FALSE = "true", "false"
# Whoever sets one of these, or its NAME_FILE, means production, and no demo may open instead (./dev has the same list)
SERIOUS = (
    "DATABASE_URL", "IQN_SECRET_KEY", "IQN_SECRET_KEY_FALLBACKS", "IQN_ENCRYPTION_KEYS", "IQN_SITE_ORIGIN",
    "IQN_SMTP_HOST",
)  # fmt: skip
SHORTEST_KEY, FEWEST_CHARACTERS = 50, 5  # as Django's own check has them


class EnvError(SystemExit):
    """Ends the process with a sentence that names the variable and what it should hold."""


def settings_module(environment: Mapping[str, str]) -> str:
    """The settings for this environment: the demo only where nothing says that this is meant seriously."""
    serious = any(environment.get(name) or environment.get(f"{name}_FILE") for name in SERIOUS)
    return "iqn.settings.prod" if serious else "iqn.settings.demo"


def _stop(name: str, problem: str) -> EnvError:
    return EnvError(f"{name} {problem} (see the table of settings in README.md).")


def env_str(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise _stop(name, "is not set, and the portal cannot start without it")
    return default


def env_secret(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that NAME_FILE points to."""
    return _file_of(name) or env_str(name, default)


def _file_of(name: str) -> str:
    """What stands in the file that NAME_FILE points to; empty where nothing points to one."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return ""
    try:
        value = Path(path).read_text().strip()
    except OSError as exc:
        raise _stop(f"{name}_FILE", f"points to a file that cannot be read ({exc.strerror})") from exc
    except UnicodeDecodeError as exc:
        raise _stop(f"{name}_FILE", "points to a file that holds something else than text") from exc
    if not value:
        raise _stop(f"{name}_FILE", "points to an empty file")
    return value


def env_key(name: str) -> str:
    """A secret that cannot be guessed."""
    return _checked_key(name, env_secret(name))


def env_keys(name: str, default: list[str]) -> list[str]:
    """Several: separated by commas in the variable, one a line in the file, where a key may hold a comma."""
    kept = _file_of(name)
    keys = [line.strip() for line in kept.splitlines() if line.strip()] if kept else env_list(name, "")
    return [_checked_key(name, key) for key in keys] or default


def _checked_key(name: str, key: str) -> str:
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise _stop(name, f"needs at least {SHORTEST_KEY} random characters in each key")
    return key


def env_bool(name: str, default: bool = False) -> bool:
    value = env_str(name, TRUE if default else FALSE)
    if value not in (TRUE, FALSE):
        raise _stop(name, f'must be "true" or "false", not "{value}"')
    return value == TRUE


def env_int(name: str, default: int | None = None, *, least: int = 0) -> int:
    value = env_str(name, None if default is None else str(default))
    try:
        number = int(value)
    except ValueError as exc:
        raise _stop(name, f'must be a whole number, not "{value}"') from exc
    if number < least:
        raise _stop(name, f"must be at least {least}, not {number}")
    return number


def env_choice(name: str, choices: Sequence[str]) -> str:
    """One of these words; the first where nothing is said."""
    value = env_str(name, choices[0])
    if value not in choices:
        raise _stop(name, f'must be one of {", ".join(choices)}, not "{value}"')
    return value


def env_list(name: str, default: str | None = None) -> list[str]:
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def env_origin(name: str, default: str | None = None, *, schemes: Sequence[str] = ("http", "https")) -> str:
    """Scheme and host such as https://iqn.example.org, without a path."""
    value = env_str(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in schemes or not parts.hostname or parts.path or parts.query:
        raise _stop(name, f'must look like https://iqn.example.org, not "{value}"')
    return value


def env_folder(name: str) -> Path:
    """A folder that is there and can be written to: a disk that is not mounted must not be noticed by its users."""
    folder = Path(env_str(name))
    if not folder.is_absolute() or not folder.is_dir():
        raise _stop(name, f'must be the full path of a folder that exists, not "{folder}"')
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _stop(name, f'names a folder that the portal may not write to ("{folder}")')
    return folder


def env_database(name: str) -> dict:
    """A PostgreSQL database from an address such as postgres://user:password@host:5432/name."""
    value = env_secret(name)
    if urlsplit(value).scheme not in ("postgres", "postgresql", "pgsql"):
        raise _stop(name, "must start with postgres://: the portal runs on PostgreSQL only")
    return dict(environ.Env.db_url_config(value))
