"""A missing or malformed variable stops the start with one sentence that names it."""

import os
import subprocess
import sys

import pytest

from iqn import env

PRODUCTION = {
    "IQN_SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "IQN_SITE_ORIGIN": "https://iqn.example.org",
    "DATABASE_URL": "postgres://iqn:secret@localhost/iqn",
    "IQN_SMTP_HOST": "mail.example.org",
}


@pytest.mark.parametrize(
    ("reader", "value", "result"),
    [
        (env.env_bool, "true", True),
        (env.env_bool, "false", False),
        (env.env_int, "7", 7),
        (env.env_list, "a, b,,c ", ["a", "b", "c"]),
        (env.env_origin, "https://iqn.example.org/", "https://iqn.example.org"),
        (env.env_str, " x ", "x"),
        (env.env_secret, "s", "s"),
    ],
)
def test_reads(monkeypatch, reader, value, result):
    monkeypatch.setenv("IQN_X", value)

    assert reader("IQN_X") == result


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (env.env_bool, "yes"),
        (env.env_bool, "1"),
        (env.env_int, "seven"),
        (env.env_int, "-1"),
        (env.env_origin, "iqn.example.org"),
        (env.env_origin, "https://iqn.example.org/path"),
        (env.env_origin, "ftp://iqn.example.org"),
        (env.env_database, "sqlite:///x"),
        (env.env_str, ""),
    ],
)
def test_refuses_with_the_name(monkeypatch, reader, value):
    monkeypatch.setenv("IQN_X", value)

    with pytest.raises(env.EnvError, match="IQN_X"):
        reader("IQN_X")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("kept\n")
    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "secret"))

    assert env.env_secret("IQN_X") == "kept"

    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "none"))
    with pytest.raises(env.EnvError, match="IQN_X_FILE"):
        env.env_secret("IQN_X")


@pytest.mark.parametrize(
    ("environment", "module"),
    [
        ({}, "iqn.settings.demo"),
        ({"DATABASE_URL": ""}, "iqn.settings.demo"),
        ({"DATABASE_URL": "postgres://x"}, "iqn.settings.prod"),
        ({"IQN_SECRET_KEY": "x"}, "iqn.settings.prod"),
    ],
)
def test_the_demo_only_where_nothing_is_meant_seriously(environment, module):
    assert env.settings_module(environment) == module


def _python(*arguments: str, environment: dict[str, str], repository) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("IQN_", "DJANGO_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, *arguments], cwd=repository, env={**clean, **environment},
        capture_output=True, text=True,
    )  # fmt: skip


def _manage(*arguments: str, environment: dict[str, str], repository) -> subprocess.CompletedProcess:
    return _python("manage.py", *arguments, environment=environment, repository=repository)


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_names_what_is_missing(repository, missing):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    environment["DJANGO_SETTINGS_MODULE"] = "iqn.settings.prod"

    done = _manage("check", environment=environment, repository=repository)

    assert done.returncode != 0
    assert done.stderr.strip() == (
        f"{missing} is not set, and the portal cannot start without it (see the table of settings in README.md)."
    )


def test_production_is_deployable_without_warnings(repository):
    done = _manage(
        "check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION, repository=repository
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize(
    ("start", "given", "options"),
    [
        ("import iqn.wsgi", {}, "-c statement_timeout=15s"),
        ("import iqn.wsgi", {"IQN_STATEMENT_TIMEOUT": "4"}, "-c statement_timeout=4s"),
        ("import iqn.wsgi", {"IQN_STATEMENT_TIMEOUT": "0"}, ""),
        ("import iqn.wsgi", {"DATABASE_URL": ""}, "-c statement_timeout=15s"),
        ("import django; django.setup()", {}, ""),  # the worker, migrations, commands
    ],
)
def test_only_web_processes_give_up_a_query(repository, tmp_path, start, given, options):
    shown = "from django.conf import settings; print(settings.DATABASES['default'].get('OPTIONS', {}).get('options', ''))"
    environment = {
        **PRODUCTION,
        "IQN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "iqn.settings.demo" if "DATABASE_URL" in given else "iqn.settings.prod",
        **given,
    }

    done = _python("-c", f"{start}; {shown}", environment=environment, repository=repository)

    assert (done.returncode, done.stdout.strip()) == (0, options), done.stderr
