"""Measures CPU of the web processes and of PostgreSQL together, in interleaved rounds, under gunicorn with two plain
workers. Prints ratios: single times of a shared machine mean little."""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
PORT = 8765
ROUNDS = 5

Pages = dict[str, tuple[str, str]]  # name → (path, cookie of the reader: a member, or nobody)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--initiatives", type=int, default=2000)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--requests", type=int, default=20, help="requests a page and round")
    options = parser.parse_args()
    pages = prepare(options)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "iqn.wsgi", "--workers", "2", "--bind", f"127.0.0.1:{PORT}",
         "--log-level", "warning", "--no-control-socket"],
        env=os.environ,
    )  # fmt: skip
    try:
        report(measure(server.pid, pages, options.requests))
    finally:
        server.terminate()
        server.wait()


def prepare(options) -> Pages:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, connections
    from django.test import Client

    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'iqn_bench'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE iqn_bench")
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    from tests.bench.data import fill

    initiative = fill(initiatives=options.initiatives, members=options.members)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(initiative.author.user, backend="members.backends.AccountBackend")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    connections.close_all()
    return {
        "hello": ("/hello/", ""),
        "list": ("/en/initiatives/", cookie),
        "list, anonymous": ("/en/initiatives/", ""),
        "list, last page": (f"/en/initiatives/?page={options.initiatives // 25}", cookie),
        "list, filtered": ("/en/initiatives/?status=running", cookie),
        "detail, 50 comments": (initiative.get_absolute_url(), cookie),
        "detail, anonymous": (
            initiative.get_absolute_url(),
            "",
        ),  # who learns of the comments only their number
        "search, common word": ("/en/search/?q=bridging", cookie),
        "directory": ("/en/members/", cookie),
    }


def fetch(path: str, cookie: str) -> bytes:
    connection = http.client.HTTPConnection("localhost", PORT, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    return body


def cpu(root: int) -> int:
    """Nanoseconds of CPU of a process and all its living children."""
    total, todo = 0, [root]
    while todo:
        pid = todo.pop()
        for task in Path(f"/proc/{pid}/task").glob("*"):
            try:
                total += int((task / "schedstat").read_text().split()[0])
                todo += [int(child) for child in (task / "children").read_text().split()]
            except OSError:
                continue
    return total


def postmaster() -> int:
    from django.conf import settings

    from iqn.localpg.places import place_of

    place = place_of(Path(settings.DATABASES["default"]["STATE_DIR"]))
    return int((place.data / "postmaster.pid").read_text().splitlines()[0])


def measure(web: int, pages: Pages, requests: int) -> dict[str, dict]:
    for _ in range(100):
        try:
            fetch("/hello/", "")
            break
        except OSError:
            time.sleep(0.1)
    database = postmaster()
    found: dict[str, dict] = {name: {"app": [], "pg": []} for name in pages}
    for name, (path, cookie) in pages.items():
        for _ in range(6):  # both workers warm
            body = fetch(path, cookie)
        found[name] |= {"raw": len(body), "gz": len(gzip.compress(body))}
    for _ in range(ROUNDS):
        for name, (path, cookie) in pages.items():
            app, pg = cpu(web), cpu(database)
            for _ in range(requests):
                fetch(path, cookie)
            found[name]["app"].append((cpu(web) - app) / requests / 1e6)
            found[name]["pg"].append((cpu(database) - pg) / requests / 1e6)
    return found


def report(found: dict[str, dict]) -> None:
    hello = min(found["hello"]["app"])
    print(f"{'page':<22}{'app ms':>8}{'pg ms':>8}{'x hello':>9}{'median':>8}{'raw B':>9}{'gz B':>8}")
    base = statistics.median(found["hello"]["app"])
    for name, row in found.items():
        total = [a + p for a, p in zip(row["app"], row["pg"], strict=True)]
        print(
            f"{name:<22}{min(row['app']):>8.2f}{min(row['pg']):>8.2f}{min(total) / hello:>9.1f}"
            f"{statistics.median(total) / base:>8.1f}{row['raw']:>9}{row['gz']:>8}"
        )


if __name__ == "__main__":
    main()
