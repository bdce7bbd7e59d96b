"""Every state of every page that the sweeps look at: rows of the permission matrix, forms with errors, error pages,
lists without rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation

from tests.matrix.all_rows import all_rows
from tests.matrix.rows import Row

RICHEST = ("staff", "author", "member", "left", "declined", "applicant")
ERROR_STATES = {400: "bad request", 403: "forbidden", 404: "not found"}


@dataclass(frozen=True)
class State:
    label: str
    path: str
    status: int
    html: str


def roles_to_look_as(row: Row) -> list[str]:
    """A stranger where strangers may come, and whoever sees most of the page."""
    roles = ["anonymous"] if row.get["anonymous"] == 200 else []
    return roles + [role for role in RICHEST if row.get[role] == 200][:1]


def _html(response) -> str | None:
    if response.status_code in (301, 302, 303, 304, 405) or "html" not in response.get("Content-Type", ""):
        return None
    return response.getvalue().decode() if response.streaming else response.content.decode()


def row_states(rows: list[Row], world, sign_in, language: str) -> Iterator[State]:
    clients = {role: sign_in(getattr(world, role, None)) for role in ("anonymous", *RICHEST)}
    for row in rows:
        if language not in row.languages:
            continue
        with translation.override(language):
            path = reverse(row.name, kwargs=row.args(world)) + row.query
        for role in roles_to_look_as(row):
            response = clients[role].get(path)
            html = _html(response)
            if html is not None:
                yield State(f"{row.label} as {role} ({language})", path, response.status_code, html)
        posters = [role for role in RICHEST if row.post and row.post[role] in (200, 422)]
        for role in posters[:1]:
            response = clients[role].post(path, {})
            html = _html(response)
            if html is not None:
                yield State(
                    f"{row.label} with errors as {role} ({language})", path, response.status_code, html
                )


def empty_states(sign_in, person, language: str) -> Iterator[State]:
    """Lists and searches that have nothing to show."""
    client = sign_in(person)
    for name in (
        "initiatives:list",
        "initiatives:mine",
        "members:organization-list",
        "members:person-list",
        "portal:search",
    ):
        with translation.override(language):
            path = reverse(name) + "?q=zzzzqqqq"
        response = client.get(path)
        html = _html(response)
        if html is not None:
            yield State(f"{name} with nothing ({language})", path, response.status_code, html)


def error_states(sign_in, language: str) -> Iterator[State]:
    client = sign_in(None)
    path = f"/{language}/no-such-page/"
    response = client.get(path)
    yield State(f"404 ({language})", path, response.status_code, response.content.decode())


def rows_of_part(part: int, parts: int) -> list[Row]:
    return all_rows()[part::parts]
