"""axe over every page state: zero violations, both languages, wide and narrow; no sideways scrolling at 320 px."""

from __future__ import annotations

import pytest

from tests.browser.loaded import WIDTHS, Window
from tests.site.gathering import KINDS, gather
from tests.site.states import State

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def window(chromium):
    window = Window(chromium)
    yield window
    window.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_state(request, window, kind, language):
    every = gather(request, kind, language)

    found = {}
    for state in every:
        found |= window.look(state)

    assert found == {}
    assert len(every) > 10
    print(f"\naxe: {len(every)} page states at {len(WIDTHS)} widths, {kind}, {language}")


def test_what_is_wrong_is_found_at_both_widths(window):
    wide = '<div style="width: 2000px">wide</div>'
    html = f'<!doctype html><html lang="en"><title>T</title><main><h1>T</h1><img src="x">{wide}</main></html>'

    found = window.look(State("broken", "/en/", 200, html))

    assert found == {
        "broken at 1280": ['image-alt: <img src="x">', "728 px too wide at 1280"],
        "broken at 320": ['image-alt: <img src="x">', "1688 px too wide at 320"],
    }
