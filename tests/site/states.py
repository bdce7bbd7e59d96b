"""Every state of every page that the sweeps look at: rows of the permission matrix, forms with errors, texts that two
people changed, lists without rows, error pages. Those of one work group stand in table_states.py, the admin's in
admin_states.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.matrix.all_rows import all_rows
from tests.matrix.rows import Row
from tests.portal.test_errors import FAILURES
from tests.site.page_forms import forms_of
from tests.site.undoing import undone

RICHEST = ("staff", "author", "member", "other_author", "left", "declined", "applicant")
AS_MEMBER = ("author", "member", "other_author", "left", "declined", "applicant")
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|submission)" value="[^"]+"')


@dataclass(frozen=True)
class State:
    label: str
    path: str
    status: int
    html: str


def looked_at(label: str, path: str, response) -> Iterator[State]:
    """Nothing, unless the answer is a page."""
    if 300 <= response.status_code < 400 or "html" not in response.get("Content-Type", ""):
        return
    content = response.getvalue() if response.streaming else response.content
    if content:
        yield State(label, path, response.status_code, content.decode())


def distinct(states: Iterable[State]) -> list[State]:
    """Pages that are the same to the last letter, but for the tokens of their forms, are looked at once."""
    return list({CHANGING.sub("", state.html): state for state in states}.values())


def page_states(client: Client, path: str, label: str, data: dict | None = None) -> Iterator[State]:
    """A page; each of its forms sent with nothing filled in; each with a version that somebody has overtaken; and,
    where `data` is given, what comes of sending that."""
    response = client.get(path)
    seen = list(looked_at(label, path, response))
    yield from seen
    for state in seen[:1] if response.status_code == 200 else []:
        for form in forms_of(state.html):
            where = form.action or path
            with undone(client):
                yield from looked_at(f"{label} with errors", where, client.post(where, {}))
            if form.versions:
                with undone(client):
                    late = {**form.with_button(), **{name: ["0"] for name in form.versions}}
                    yield from looked_at(f"{label} overtaken", where, client.post(where, late))
    if data:
        with undone(client):
            yield from looked_at(f"{label} sent", path, client.post(path, data))


def roles_to_look_as(row: Row) -> list[str]:
    """A stranger where strangers may come, staff, and whoever of the others sees most of the page."""
    groups = (("anonymous",), ("staff",), AS_MEMBER)
    return [role for group in groups for role in [r for r in group if row.get[r] == 200][:1]]


def row_states(rows: list[Row], world, sign_in, language: str) -> Iterator[State]:
    clients = {role: sign_in(getattr(world, role, None)) for role in ("anonymous", *RICHEST)}
    for row in rows:
        if language not in row.languages:
            continue
        with translation.override(language):
            path = reverse(row.name, kwargs=row.args(world)) + row.query
        for role in roles_to_look_as(row):
            data = row.data(world) if row.post and row.post[role] in (200, 409) else None
            yield from page_states(clients[role], path, f"{row.label} as {role} ({language})", data)


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
        yield from looked_at(f"{name} with nothing ({language})", path, client.get(path))


def error_states(sign_in, people: dict, language: str) -> Iterator[State]:
    """Under the addresses of tests.portal.test_errors, which fail on purpose."""
    for name, person in people.items():
        client = sign_in(person)
        client.raise_request_exception = False
        for path in (*(f"/{language}/fail/{how}/" for how in FAILURES), f"/{language}/no-such-page/"):
            yield from looked_at(f"{path} as {name}", path, client.get(path))
        client.handler.enforce_csrf_checks = True
        path = f"/{language}/form/"
        yield from looked_at(f"an old form as {name}", path, client.post(path, {}))


def rows_of_part(part: int, parts: int) -> list[Row]:
    return all_rows()[part::parts]
