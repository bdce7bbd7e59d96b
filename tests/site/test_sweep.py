"""What must hold on every page state, without a browser."""

import pytest

from tests.pages_check import problems_of
from tests.site import states

PARTS = 4


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_sound(world, sign_in, part, language):
    found = {}
    looked_at = 0

    for state in states.row_states(states.rows_of_part(part, PARTS), world, sign_in, language):
        looked_at += 1
        if "/admin/" not in state.path and state.path != "/":
            problems = problems_of(state.html)
            if f'<html lang="{language}"' not in state.html and not state.path.startswith("/mailbox"):
                problems.append("html is not in the language of the address")
            if problems:
                found[state.label] = problems

    assert found == {}
    assert looked_at > 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_empty_and_error_pages_are_sound(world, sign_in, settings, language):
    settings.ROOT_URLCONF = "tests.portal.test_errors"
    people = {"nobody": None, "member": world.member, "staff": world.staff}
    every = [
        *states.empty_states(sign_in, world.staff, language),
        *states.empty_states(sign_in, world.member, language),
        *states.error_states(sign_in, people, language),
    ]

    assert {s.label: problems_of(s.html) for s in every if problems_of(s.html)} == {}
    assert len(every) >= 9


def test_titles_are_unique(world, sign_in):
    """Two addresses never share a title (forms with errors repeat their own)."""
    import re

    titles: dict[str, set[str]] = {}
    for state in states.row_states(states.rows_of_part(0, 1), world, sign_in, "en"):
        if " with errors " in state.label or "/admin/" in state.path:
            continue
        title = re.search(r"<title>(.*?)</title>", state.html, re.S)
        assert title, state.label
        titles.setdefault(" ".join(title[1].split()), set()).add(state.path.split("?")[0])

    assert {title: sorted(paths) for title, paths in titles.items() if len(paths) > 1} == {}
