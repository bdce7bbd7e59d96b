"""The permission matrix: every URL, every role, both languages."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from tests.matrix.all_rows import all_rows
from tests.matrix.rows import SIGN_IN
from tests.world import ROLES

ROWS = all_rows()


def _names(patterns, namespace: str = ""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _names(entry.url_patterns, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_every_url_has_a_row():
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith("admin:")}

    assert sorted(names - {row.name for row in ROWS}) == []
    assert sorted({row.name for row in ROWS} - names) == []


def _answer(response) -> object:
    if response.status_code == 302 and (
        "/sign-in/" in response["Location"] or "/connexion/" in response["Location"]
    ):
        return SIGN_IN
    return response.status_code


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_answers(row, world, sign_in):
    clients = {role: sign_in(getattr(world, role, None)) for role in ROLES}
    got, expected = {}, {}

    for language in row.languages:
        with translation.override(language):
            url = reverse(row.name, kwargs=row.args(world))
        for role in ROLES:
            expected[language, "GET", role] = row.get[role]
            got[language, "GET", role] = _answer(clients[role].get(url + row.query))
    for role in ROLES:  # after every GET: a POST may change what is there
        expected["POST", role] = row.post_answers()[role]
        got["POST", role] = _answer(clients[role].post(url + row.query, row.data(world)))

    assert got == expected


def test_number_of_cells(capsys):
    cells = sum(len(ROLES) * (len(row.languages) + 1) for row in ROWS)
    with capsys.disabled():
        print(f"\npermission matrix: {len(ROWS)} rows, {cells} cells")
    assert cells > 0
