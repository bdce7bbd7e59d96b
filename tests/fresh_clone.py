#!/usr/bin/env python3
"""What a stranger does with a fresh clone: starts it, stops it, kills it, starts it again. Prints the seconds.

  python3 tests/fresh_clone.py           clones this checkout into a private temporary folder and walks there
  python3 tests/fresh_clone.py --here    walks in this checkout, which must be as cloned

Not a pytest: it needs a checkout without a .venv, and only the standard library.
"""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COLD, WARM = 900, 300  # patience in seconds, for machines that have other work too
OURS = (
    "DATABASE_URL",
    "DATABASE_URL_FILE",
    "TEST_DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "PORT",
    "PG_BIN_DIR",
)


class Portal:
    """A ``./dev run`` of one checkout."""

    def __init__(self, checkout: Path, port: int, data: str = ".iqn") -> None:
        self.checkout, self.port, self.data = checkout, port, data
        own = {
            name: value
            for name, value in os.environ.items()
            if name not in OURS and not name.startswith("IQN_")
        }
        self.environment = {**own, "PORT": str(port), "IQN_DATA": data}
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 (closed when the walk ends)
        self.process: subprocess.Popen | None = None

    def start(self, patience: float) -> float:
        """Seconds until both languages answer."""
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "dev", "run"],
            cwd=self.checkout,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        while not (self.shows("en") and self.shows("fr")):
            demand(self.process.poll() is None, f"./dev run ended:\n{self.said()}")
            demand(time.monotonic() < begun + patience, f"no page after {patience} s:\n{self.said()}")
            time.sleep(0.05)
        return time.monotonic() - begun

    def shows(self, language: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/{language}/", timeout=10) as page:
                return page.status == 200 and f'lang="{language}' in page.read().decode()
        except OSError:
            return False

    def said(self) -> str:
        self.log.seek(0)
        return self.log.read()

    def tell(self, how: int) -> tuple[float, int]:
        """Seconds until it has ended, and its exit code."""
        begun = time.monotonic()
        assert self.process
        self.process.send_signal(how)
        code = self.process.wait(30)
        return time.monotonic() - begun, code

    def manage(self, *command: str) -> str:
        call = [sys.executable, "dev", "manage", *command]
        return subprocess.run(
            call, cwd=self.checkout, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def sql(self, sql: str) -> str:
        return self.manage("dbshell", "--", "-qAtc", sql)

    def processes(self) -> list[tuple[int, str]]:
        """Everything that runs for this checkout, database included."""
        signs = [f"{self.checkout}/.venv/", f"{self.checkout}/{self.data}/"]
        with contextlib.suppress(FileNotFoundError):
            signs.append((self.checkout / self.data / "postgres" / "elsewhere").read_text())
        listed = list(listing())
        found = {
            pid: words
            for pid, _, words in listed
            if any(sign in words for sign in signs) and pid != os.getpid()
        }
        if self.process and self.process.poll() is None:
            found[self.process.pid] = "dev run"
        for pid, parent, words in listed:  # the server's own processes do not name their folder
            if parent in found:
                found.setdefault(pid, words)
        return sorted(found.items())

    def kill_everything(self) -> None:
        for pid, _ in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self.process
        self.process.wait()
        until(lambda: not self.processes(), 10, "killed processes are still there")


class Member:
    """One of the demo people with a browser: keeps cookies, sends the hidden fields of the page along."""

    def __init__(self, portal: Portal, account: str) -> None:
        self.portal, self.account = portal, account
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def open(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Path and text of the page at the end of all redirects."""
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(f"http://localhost:{self.portal.port}{path}", data, timeout=30) as page:
            return urllib.parse.urlsplit(page.url).path, page.read().decode()

    def send(self, path: str, shown: str, **fields: str) -> tuple[str, str]:
        """Fill the form on the page that is shown, and send it to `path`."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
        return self.open(path, hidden | fields)

    def sign_in(self) -> None:
        path, page = self.open("/en/accounts/sign-in/")
        password = (self.portal.checkout / self.portal.data / "demo_password").read_text().strip()
        _, page = self.send(path, page, login=self.account, password=password)
        demand("Sign out" in page, f"{self.account} could not sign in")

    def post_initiative(self, title: str) -> str:
        """Write it, look at the preview, publish it; the path of its page."""
        path, page = self.open("/en/initiatives/new/")
        preview, page = self.send(
            path, page, title=title, summary="Each newcomer gets a mentor.", work="We match newcomers and mentors.",
            lead_organization=re.findall(r'<option value="(\d+)" selected', page)[0],
            types=re.findall(r'name="types" value="(\d+)"', page)[0], status="running", visibility="public", language="en",
            do="preview",
        )  # fmt: skip
        demand(preview != path, f"the form was refused: {re.findall('<li><a href=.#id_.*', page)}")
        posted, page = self.send(preview, page)
        demand("/en/initiatives/IQN-" in posted and title in page, f"not posted, but at {posted}")
        return posted


def listing() -> Iterator[tuple[int, int, str]]:
    out = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    )
    for line in out.stdout.splitlines():
        pid, parent, state, *words = line.split(None, 3)
        if state[0] != "Z":
            yield int(pid), int(parent), words[0] if words else ""


def demand(true: object, sentence: str) -> None:
    if not true:
        sys.exit(f"FAILED: {sentence}")


def until(true: Callable[[], bool], seconds: float, sentence: str) -> float:
    begun = time.monotonic()
    while not true():
        demand(time.monotonic() < begun + seconds, sentence)
        time.sleep(0.05)
    return time.monotonic() - begun


def show(figure: str, value: float | str) -> None:
    print(f"  {figure:<62} {value if isinstance(value, str) else f'{value:6.1f} s'}", flush=True)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def walk(checkout: Path) -> None:
    demand(not (checkout / ".venv").exists(), f"{checkout} is not fresh: it has a .venv")
    print(
        f"A fresh clone, as {'root' if os.geteuid() == 0 else 'an ordinary user'}, Python {sys.version.split()[0]}:"
    )
    portal = Portal(checkout, free_port())
    try:
        starts_and_stops(portal)
        second_copy(portal)
        busy_port(portal)
        dead_worker(portal)
        power_cut(portal)
        show("Ctrl-C to the last process of the launcher", portal.tell(signal.SIGINT)[0])
        show(
            "until the database is stopped too",
            until(lambda: not portal.processes(), 15, "something still runs"),
        )
    finally:
        if portal.processes():
            portal.kill_everything()
    print("All of it worked.")


def starts_and_stops(portal: Portal) -> None:
    show("first page after ./dev run, cold (nothing installed)", portal.start(COLD))
    demand("@example.org" in portal.said(), f"no demo accounts were printed:\n{portal.said()}")
    portal.sql("CREATE TABLE fresh_clone (n int); INSERT INTO fresh_clone VALUES (1)")
    seconds, code = portal.tell(signal.SIGTERM)
    demand(code == 0, f"SIGTERM gave exit code {code}:\n{portal.said()}")
    show("SIGTERM to the last process of the launcher", seconds)
    until(lambda: not portal.processes(), 15, "something still runs after SIGTERM")
    show("first page, warm (database stopped before)", portal.start(WARM))
    demand(portal.sql("SELECT count(*) FROM fresh_clone") == "1", "the data of the first start is gone")


def second_copy(portal: Portal) -> None:
    other = Portal(portal.checkout, free_port(), data=".iqn-other")
    show("first page of a second copy beside it (own PORT and IQN_DATA)", other.start(WARM))
    demand(other.sql("SELECT to_regclass('fresh_clone')") == "", "the second copy sees the first one's data")
    demand(other.tell(signal.SIGINT)[1] == 0 and portal.shows("en"), "the two copies are in each other's way")


def busy_port(portal: Portal) -> None:
    done = subprocess.run(
        [sys.executable, "dev", "run"],
        cwd=portal.checkout,
        env=portal.environment,
        capture_output=True,
        text=True,
    )
    sentence = done.stderr.strip()
    demand(
        done.returncode == 1 and sentence.startswith(f"Port {portal.port} is in use"),
        f"busy port: {sentence}",
    )
    show("a busy port", "refused with a sentence")


def dead_worker(portal: Portal) -> None:
    worker = [pid for pid, words in portal.processes() if words.endswith("manage.py worker")]
    demand(len(worker) == 1, f"one worker expected: {portal.processes()}")
    os.kill(worker[0], signal.SIGKILL)
    assert portal.process
    demand(portal.process.wait(30) == 1 and "The worker process was killed" in portal.said(), portal.said())
    show("a dead worker", "stopped all with a sentence")


def power_cut(portal: Portal) -> None:
    portal.start(WARM)
    portal.sql("INSERT INTO fresh_clone VALUES (2)")
    author = Member(portal, "author@example.org")
    author.sign_in()
    initiative = author.post_initiative("Mentors that outlive a power cut")
    portal.kill_everything()
    show("first page after kill -9 of everything", portal.start(WARM))
    _, page = Member(portal, "").open(initiative)
    demand("Mentors that outlive a power cut" in page, "the initiative posted before kill -9 is gone")
    show("an initiative posted through the pages before it", f"still at {initiative}")
    demand(portal.sql("SELECT count(*) FROM fresh_clone") == "2", "an acknowledged row was lost at kill -9")
    show("acknowledged rows after kill -9", "all there")
    portal.sql("DROP TABLE fresh_clone")


def clone(target: Path) -> None:
    if subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)]).returncode:
        sys.exit("FAILED: git clone")


def remove(checkout: Path) -> None:
    for kept in checkout.glob(".iqn*/postgres/elsewhere"):  # root's data lie outside the clone
        shutil.rmtree(Path("/var/lib/iqn-localpg") / kept.read_text(), ignore_errors=True)
    shutil.rmtree(checkout)


def main() -> None:
    if sys.argv[1:] == ["--here"]:
        walk(ROOT)
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        target = Path(tempfile.mkdtemp(prefix="iqn-clone-")) / "portal"
        clone(target)
        try:
            walk(target)
        finally:
            remove(target)
            target.parent.rmdir()


if __name__ == "__main__":
    main()
