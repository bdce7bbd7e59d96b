"""axe over every page state: zero violations, both languages, wide and narrow; no sideways scrolling at 320 px."""

from __future__ import annotations

import mimetypes

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from tests.site import states

PARTS = 6
pytestmark = [pytest.mark.browser, pytest.mark.slow]
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def _static(route) -> None:
    name = route.request.url.split("/static/", 1)[1].split("?")[0]
    found = finders.find(name)
    if not found:
        route.fulfill(status=404)
        return
    with open(found, "rb") as file:
        route.fulfill(body=file.read(), content_type=mimetypes.guess_type(name)[0] or "text/plain")


@pytest.fixture
def look(chromium):
    """look(html, width) → axe violations and pixels of sideways scroll, at the page's own address."""
    contexts = {}

    def looker(state, width: int):
        if width not in contexts:
            contexts[width] = chromium.new_context(
                viewport={"width": width, "height": 800}, reduced_motion="reduce", base_url="http://localhost"
            )
        page = contexts[width].new_page()
        page.route("**/static/**", _static)
        page.route(
            lambda url: "/static/" not in url,
            lambda route: route.fulfill(body=state.html, content_type="text/html; charset=utf-8"),
        )
        page.goto(state.path, wait_until="load")
        result = Axe().run(page, options=OPTIONS)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        page.close()
        problems = [
            f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in result.response["violations"]
        ]
        if overflow > 0:
            problems.append(f"{overflow} px too wide at {width}")
        return problems

    yield looker
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_state(world, sign_in, look, part, language):
    found, looked_at = {}, 0

    every = [*states.row_states(states.rows_of_part(part, PARTS), world, sign_in, language)]
    if part == 0:
        every += [
            *states.empty_states(sign_in, world.member, language),
            *states.error_states(sign_in, language),
        ]
    for state in every:
        for width in (1280, 320):
            looked_at += 1
            problems = look(state, width)
            if problems:
                found[f"{state.label} at {width}"] = problems

    assert found == {}
    print(f"\naxe: {looked_at} page states, part {part}, {language}")
