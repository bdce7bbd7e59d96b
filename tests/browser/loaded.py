"""Pages that stand in memory, looked at by a real browser at their own address; no server answers."""

from __future__ import annotations

import mimetypes
from functools import cache

from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles import finders

from tests.browser.axe import problems

WIDTHS = (1280, 320)
HEIGHT = 800


@cache
def _static(name: str) -> dict:
    found = finders.find(name)
    if not found:
        return {"status": 404}
    with open(found, "rb") as file:
        return {"body": file.read(), "content_type": mimetypes.guess_type(name)[0] or "text/plain"}


class Window:
    """One window for all of them: each is loaded once, and made narrow for the second look."""

    def __init__(self, chromium) -> None:
        self.context = chromium.new_context(reduced_motion="reduce", base_url="http://localhost")
        self.context.add_init_script(AXE_SCRIPT)
        self.page = self.context.new_page()
        self.page.route("**/*", self._answer)
        self.html = ""

    def _answer(self, route) -> None:
        _, is_static, name = route.request.url.partition("/static/")
        if is_static:
            route.fulfill(**_static(name.split("?")[0]))
        else:
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")

    def look(self, state) -> dict[str, list[str]]:
        """Width → what is wrong there."""
        self.html = state.html
        found = {}
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            if width == WIDTHS[0]:
                self.page.goto(state.path, wait_until="load")
            if wrong := problems(self.page):
                found[f"{state.label} at {width}"] = wrong
        return found

    def close(self) -> None:
        self.context.close()
