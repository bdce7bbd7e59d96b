"""A missing or malformed variable stops the start with one sentence that names it."""

import os
import runpy
import subprocess
import sys
import tempfile

import pytest

from iqn import env

PRODUCTION = {
    "IQN_SECRET_KEY": "production-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "IQN_SITE_ORIGIN": "https://iqn.example.org",
    "DATABASE_URL": "postgres://iqn:secret@localhost/iqn",
    "IQN_SMTP_HOST": "mail.example.org",
    "IQN_UPLOADS": tempfile.gettempdir(),
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
        (lambda name: env.env_choice(name, ("tls", "none")), "ssl"),
        (lambda name: env.env_origin(name, schemes=("https",)), "http://iqn.example.org"),
    ],
)
def test_refuses_with_the_name(monkeypatch, reader, value):
    monkeypatch.setenv("IQN_X", value)

    with pytest.raises(env.EnvError, match="IQN_X"):
        reader("IQN_X")


def test_a_folder_that_is_there(monkeypatch, tmp_path):
    monkeypatch.setenv("IQN_X", str(tmp_path))
    assert env.env_folder("IQN_X") == tmp_path
    for wrong in (tmp_path / "none", "tests", tmp_path / "file"):
        (tmp_path / "file").touch()
        monkeypatch.setenv("IQN_X", str(wrong))
        with pytest.raises(env.EnvError, match="IQN_X must be the full path of a folder that exists"):
            env.env_folder("IQN_X")
    monkeypatch.setenv("IQN_X", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(env.EnvError, match="IQN_X names a folder that the portal may not write to"):
        env.env_folder("IQN_X")


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("kept\n")
    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "secret"))

    assert env.env_secret("IQN_X") == "kept"

    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "none"))
    with pytest.raises(env.EnvError, match="IQN_X_FILE"):
        env.env_secret("IQN_X")


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_without_a_secret_is_named(monkeypatch, tmp_path, content):
    (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("IQN_X", "another")

    with pytest.raises(env.EnvError, match="IQN_X_FILE"):
        env.env_secret("IQN_X")


def test_a_database_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "address").write_text("postgres://iqn:secret@db.example.org:5433/portal\n")
    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "address"))

    database = env.env_database("IQN_X")

    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "portal")


ONE, OTHER = "a-key,with-a-comma-" + "0123456789" * 4, "another-key-" + "abcdefghij" * 4


def test_keys_in_a_variable_and_in_a_file(monkeypatch, tmp_path):
    assert env.env_keys("IQN_X", ["kept"]) == ["kept"]
    monkeypatch.setenv("IQN_X", f"{OTHER}, {OTHER[::-1]},")
    assert env.env_keys("IQN_X", ["kept"]) == [OTHER, OTHER[::-1]]
    (tmp_path / "keys").write_text(f"{ONE}\n\n{OTHER}\n")
    monkeypatch.setenv("IQN_X_FILE", str(tmp_path / "keys"))
    assert env.env_keys("IQN_X", ["kept"]) == [ONE, OTHER]


@pytest.mark.parametrize("key", ["x" * 60, "short-0123456789", ONE[:49]])
def test_a_key_that_may_be_guessed_is_refused(monkeypatch, key):
    sentence = (
        "IQN_X needs at least 50 random characters in each key (see the table of settings in README.md)."
    )
    monkeypatch.setenv("IQN_X", key)
    with pytest.raises(env.EnvError) as refused:
        env.env_key("IQN_X")
    assert str(refused.value) == sentence
    monkeypatch.setenv("IQN_X", f"{OTHER},{key}")
    with pytest.raises(env.EnvError) as refused:
        env.env_keys("IQN_X", [])
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("environment", "module"),
    [
        ({}, "iqn.settings.demo"),
        ({"DATABASE_URL": ""}, "iqn.settings.demo"),
        ({"DATABASE_URL": "postgres://x"}, "iqn.settings.prod"),
        *[({name: "x"}, "iqn.settings.prod") for name in env.SERIOUS],
        *[({f"{name}_FILE": "/run/secrets/x"}, "iqn.settings.prod") for name in env.SERIOUS],
        ({"IQN_CONTACT_EMAIL": "x", "IQN_SECRET_KEY_FILE": ""}, "iqn.settings.demo"),
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


def test_a_key_in_a_file_and_no_database_is_no_demo(repository, tmp_path):
    (tmp_path / "key").write_text(PRODUCTION["IQN_SECRET_KEY"])
    environment = {**PRODUCTION, "IQN_SECRET_KEY_FILE": str(tmp_path / "key")}
    del environment["IQN_SECRET_KEY"], environment["DATABASE_URL"]

    done = _manage("check", environment=environment, repository=repository)

    assert (done.returncode, done.stderr.split(",")[0]) == (1, "DATABASE_URL is not set")


def test_every_secret_may_lie_in_a_file(repository, tmp_path):
    environment = dict(PRODUCTION)
    for name in ("IQN_SECRET_KEY", "DATABASE_URL"):
        (tmp_path / name).write_text(environment.pop(name))
        environment[f"{name}_FILE"] = str(tmp_path / name)
    for name in ("IQN_SECRET_KEY_FALLBACKS", "IQN_ENCRYPTION_KEYS"):
        (tmp_path / name).write_text(f"{ONE}\n{OTHER}")
        environment[f"{name}_FILE"] = str(tmp_path / name)

    asked = _manage(
        "shell", "--no-imports", "-c",
        "from django.conf import settings as s; "
        "print(s.DATABASES['default']['HOST'], s.SECRET_KEY, *s.SECRET_KEY_FALLBACKS, *s.ENCRYPTION_KEYS)",
        environment=environment, repository=repository,
    )  # fmt: skip

    assert asked.stdout.split() == ["localhost", PRODUCTION["IQN_SECRET_KEY"], ONE, OTHER, ONE, OTHER], asked


def test_a_replaced_key_still_opens_second_factors(repository, tmp_path):
    (tmp_path / "earlier").write_text(ONE)
    replaced = {
        "IQN_SECRET_KEY": f"{OTHER},again",
        "IQN_SECRET_KEY_FALLBACKS_FILE": str(tmp_path / "earlier"),
    }

    asked = _manage(
        "shell", "--no-imports", "-c", "from django.conf import settings as s; print(*s.ENCRYPTION_KEYS)",
        environment={**PRODUCTION, **replaced}, repository=repository,
    )  # fmt: skip

    assert asked.stdout.split() == [f"{OTHER},again", ONE], asked


def test_production_is_deployable_without_warnings(repository):
    done = _manage(
        "check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION, repository=repository
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (2 silenced).\n"


NAMES = (
    "EMAIL_USE_SSL", "EMAIL_USE_TLS", "EMAIL_PORT",
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({}, (True, False, 465, 63_072_000, False, False)),
        ({"IQN_SMTP_SECURITY": "starttls"}, (False, True, 587, 63_072_000, False, False)),
        (
            {"IQN_SMTP_SECURITY": "none", "IQN_SMTP_PORT": "2525"},
            (False, False, 2525, 63_072_000, False, False),
        ),
        ({"IQN_HSTS_SECONDS": "3600", "IQN_HSTS_SCOPE": "subdomains"}, (True, False, 465, 3600, True, False)),
        ({"IQN_HSTS_SCOPE": "preload"}, (True, False, 465, 63_072_000, True, True)),
    ],
)
def test_production_takes_mail_and_transport_as_said(monkeypatch, repository, said, result):
    for name, value in {**PRODUCTION, **said}.items():
        monkeypatch.setenv(name, value)

    made = runpy.run_path(str(repository / "iqn" / "settings" / "prod.py"))

    assert tuple(made[name] for name in NAMES) == result


def test_production_is_never_without_tls(repository):
    environment = {**PRODUCTION, "IQN_SITE_ORIGIN": "http://iqn.example.org"}

    done = _manage("check", environment=environment, repository=repository)

    assert (done.returncode, done.stderr.strip()) == (
        1,
        'IQN_SITE_ORIGIN must look like https://iqn.example.org, not "http://iqn.example.org" '
        "(see the table of settings in README.md).",
    )


@pytest.mark.parametrize(
    ("start", "given", "options"),
    [
        ("import iqn.wsgi", {}, "-c statement_timeout=15s"),
        ("import iqn.wsgi", {"IQN_STATEMENT_TIMEOUT": "4"}, "-c statement_timeout=4s"),
        ("import iqn.wsgi", {"IQN_STATEMENT_TIMEOUT": "0"}, ""),
        ("import iqn.wsgi", {"DJANGO_SETTINGS_MODULE": "iqn.settings.demo"}, "-c statement_timeout=15s"),
        ("import django; django.setup()", {}, ""),  # the worker, migrations, commands
    ],
)
def test_only_web_processes_give_up_a_query(repository, tmp_path, start, given, options):
    shown = "from django.conf import settings; print(settings.DATABASES['default'].get('OPTIONS', {}).get('options', ''))"
    environment = {"IQN_DATA": str(tmp_path), **given}
    if "DJANGO_SETTINGS_MODULE" not in given:
        environment |= {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "iqn.settings.prod"}

    done = _python("-c", f"{start}; {shown}", environment=environment, repository=repository)

    assert (done.returncode, done.stdout.strip()) == (0, options), done.stderr
