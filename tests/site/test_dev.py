"""The launcher: its sentences, and that nothing outlives it. Its processes are real, only what they do is a stub."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from iqn import env

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; print('up\\n', end='', flush=True); time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up\\n', end='', flush=True); time.sleep(600)",
]
BRIEF = [sys.executable, "-c", "import time; time.sleep(0.5); raise SystemExit(3)"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The launcher alone, in a folder with nothing else of the project."""
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / lock).write_text("")
    return tmp_path


def launch(checkout: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dev", *words],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def inside(checkout: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that has the launcher's names."""
    return subprocess.run(
        [sys.executable, "-c", f"import runpy, sys\ndev = runpy.run_path('dev')\n{program}"],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_busy_port_is_refused_before_anything_starts(checkout: Path, taken: int) -> None:
    done = launch(checkout, "run", PORT=str(taken))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {taken} is in use by another program: stop that one, "
        f"or choose another (PORT={taken + 1} ./dev run).\n"
    )
    assert sorted(path.name for path in checkout.iterdir()) == [
        "dev",
        "requirements-dev.lock",
        "requirements.lock",
    ]


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(checkout: Path, port: str) -> None:
    done = launch(checkout, "run", PORT=port)
    assert (done.returncode, done.stderr) == (1, f'PORT must be a number from 1 to 65535, not "{port}".\n')


def test_an_unknown_word_shows_the_known_ones(checkout: Path) -> None:
    done = launch(checkout, "rnu")
    assert done.returncode == 1
    assert 'There is no "./dev rnu".' in done.stderr
    assert "./dev test" in done.stderr


def test_an_old_python_is_told_so(checkout: Path) -> None:
    old = "import runpy, sys\nsys.version_info = (3, 9, 1)\nsys.argv = ['dev', 'run']\nrunpy.run_path('dev', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", old],
        cwd=checkout,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed, and this is 3.9:")


def test_a_python_without_venv_is_told_what_to_install(checkout: Path) -> None:
    broken = checkout / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = inside(checkout, f"sys.executable = {str(broken)!r}\ndev['install'](dev['LOCK'])")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_the_tools_come_beside_what_runs_and_a_new_lock_begins_anew(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\n"
        'case "$2" in venv) rm -f .venv/*.stamp; echo venv;; pip) shift 6; echo pip $(basename "$2");; esac\n'
    )
    python.chmod(0o755)

    def install(*locks: str) -> list[str]:
        calls = "; ".join(f"dev['install'](dev['{lock}'])" for lock in locks)
        done = inside(checkout, f"sys.executable = {str(python)!r}\n{calls}")
        assert done.returncode == 0, done.stderr
        return [line for line in done.stdout.splitlines() if line.startswith(("venv", "pip"))]

    assert install("LOCK", "DEV_LOCK") == ["venv", "pip requirements.lock", "pip requirements-dev.lock"]
    assert install("LOCK", "DEV_LOCK") == []
    (checkout / "requirements-dev.lock").write_text("another==1")
    assert install("LOCK", "DEV_LOCK") == ["venv", "pip requirements-dev.lock"]
    assert install("LOCK") == []


@pytest.mark.parametrize(
    ("environment", "settings"),
    [
        ({}, "iqn.settings.demo"),
        ({"DATABASE_URL": "postgres://db/iqn"}, "iqn.settings.prod"),
        ({"IQN_SECRET_KEY": "x"}, "iqn.settings.prod"),
        ({"IQN_SECRET_KEY_FILE": "/run/secrets/x"}, "iqn.settings.prod"),
        ({"DJANGO_SETTINGS_MODULE": "iqn.settings.test"}, "iqn.settings.test"),
    ],
)
def test_the_demo_only_where_nothing_says_otherwise(
    checkout: Path, environment: dict[str, str], settings: str
) -> None:
    none = dict.fromkeys((*env.SERIOUS, "DJANGO_SETTINGS_MODULE", "IQN_DATA"), "")
    program = "import os; dev['set_environment'](); print(os.environ['DJANGO_SETTINGS_MODULE'], os.environ['IQN_DATA'])"
    done = inside(checkout, program, **{**none, **environment})
    assert done.stdout.split() == [settings, str(checkout / ".iqn")]


def test_the_launcher_and_the_settings_agree_on_what_is_serious(checkout: Path) -> None:
    assert inside(checkout, "print(*dev['SERIOUS'])").stdout.split() == list(env.SERIOUS)


def start_together(checkout: Path, **commands: list[str]) -> subprocess.Popen[str]:
    program = f"import runpy, sys\nsys.exit(runpy.run_path('dev')['together']({commands!r}, 1))"
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=checkout,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def children_of(parent: int) -> list[int]:
    out = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in out.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == parent and state[0] != "Z"]


def exists(pid: int) -> bool:
    out = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(out.strip()) and out.strip()[0] != "Z"


def both_up(launcher: subprocess.Popen[str]) -> list[int]:
    assert launcher.stdout is not None
    said = 0
    while said < 2:
        line = launcher.stdout.readline()
        assert line, launcher.communicate()
        said += line == "up\n"
    return children_of(launcher.pid)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_all(checkout: Path, how: int) -> None:
    launcher = start_together(checkout, web=SLEEPER, worker=SLEEPER)
    children = both_up(launcher)
    assert len(children) == 2
    launcher.send_signal(how)
    said, complaint = launcher.communicate(timeout=20)
    assert (launcher.returncode, complaint) == (0, "")
    assert "Stopped. The data stays in" in said
    assert not any(exists(child) for child in children)


def test_a_dead_process_ends_the_other_and_is_named(checkout: Path) -> None:
    launcher = start_together(checkout, web=SLEEPER, worker=BRIEF)
    complaint = launcher.communicate(timeout=20)[1]
    assert launcher.returncode == 1
    assert complaint == (
        "The worker process ended by itself (exit code 3), so the rest was stopped. Its last words stand above.\n"
    )
    assert children_of(launcher.pid) == []


def test_a_killed_process_ends_the_other_and_is_named(checkout: Path) -> None:
    launcher = start_together(checkout, web=SLEEPER, worker=SLEEPER)
    children = both_up(launcher)
    os.kill(min(children), signal.SIGKILL)
    complaint = launcher.communicate(timeout=20)[1]
    assert launcher.returncode == 1
    assert complaint.startswith("The web process was killed (SIGKILL)")
    assert not any(exists(child) for child in children)


def test_a_second_ctrl_c_does_not_wait(checkout: Path) -> None:
    launcher = start_together(checkout, web=STUBBORN, worker=STUBBORN)
    children = both_up(launcher)
    begun = time.monotonic()
    launcher.send_signal(signal.SIGINT)
    time.sleep(0.5)
    launcher.send_signal(signal.SIGINT)
    launcher.communicate(timeout=20)
    assert time.monotonic() - begun < 10
    assert not any(exists(child) for child in children)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_nothing_outlives_a_killed_launcher(checkout: Path) -> None:
    launcher = start_together(checkout, web=SLEEPER, worker=SLEEPER)
    children = both_up(launcher)
    launcher.kill()
    launcher.communicate(timeout=20)
    end = time.monotonic() + 10
    while any(exists(child) for child in children):
        assert time.monotonic() < end
        time.sleep(0.05)


PROJECT = """
[project]
dependencies = ["Zope.Interface>=5"]
[dependency-groups]
dev = ["ruff"]
"""


@pytest.mark.parametrize(
    ("run_lock", "dev_lock", "problems"),
    [
        ("zope-interface==5.1\n", "ruff==1\nzope-interface==5.1\n", []),
        ("zope-interface==5.1\n", "zope-interface==5.1\n", ["requirements-dev.lock lacks ruff"]),
        ("", "ruff==1\nzope-interface==5.1\n", ["requirements.lock lacks zope-interface"]),
        (
            "zope-interface==5.1\n",
            "ruff==1\nzope-interface==5.2\n",
            ["The two locks disagree about zope-interface"],
        ),
        (
            "# from https://example.org/\nzope-interface==5.1\n",
            "ruff==1\nzope-interface==5.1\n",
            ["requirements.lock names a host"],
        ),
    ],
)
def test_locks_fit(checkout: Path, run_lock: str, dev_lock: str, problems: list[str]) -> None:
    (checkout / "pyproject.toml").write_text(PROJECT)
    (checkout / "requirements.lock").write_text(run_lock)
    (checkout / "requirements-dev.lock").write_text(dev_lock)
    done = inside(checkout, "print('\\n'.join(dev['wrong_locks']()))")
    found = done.stdout.split("\n")[:-1]
    assert len([line for line in found if line]) == len(problems), done
    assert all(line.startswith(problem) for line, problem in zip(found, problems, strict=False))


def test_the_locks_of_this_checkout_fit() -> None:
    done = inside(ROOT, "print(dev['wrong_locks']())")
    assert done.stdout == "[]\n"


def test_only_a_newer_catalogue_is_compiled(checkout: Path) -> None:
    folder = checkout / "iqn" / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    ask = "print([dev['is_stale'](path) for path in dev['catalogues']()])"
    assert inside(checkout, ask).stdout == "[True]\n"
    (folder / "django.mo").write_text("")
    assert inside(checkout, ask).stdout == "[False]\n"
    later = time.time() + 10
    os.utime(folder / "django.po", (later, later))
    assert inside(checkout, ask).stdout == "[True]\n"
