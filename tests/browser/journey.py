"""A person on their way through the portal: what they read, type and press, counted.

A page counts once, when it has arrived, however many redirects led to it. A click is one on a link, a button, a check
box or a radio button; typing and choosing from a list are none. `Leg` compares a part of the way with its budget.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext, pgettext

PATIENCE = 60_000  # ms; a machine that does much else at once must not look like a broken page
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def words(language: str) -> Callable[..., str]:
    """say("Join") → the words of the page in this language; context and values as in the catalogue."""

    def say(message: str, context: str | None = None, **values) -> str:
        with translation.override(language):
            text = pgettext(context, message) if context else gettext(message)
        return text % values if values else text

    return say


class Traveller:
    """One person in one browser, who reads one language."""

    def __init__(self, page, language: str, name: str = "", *, look: Callable | None = None) -> None:
        self.page, self.language, self.name, self.say = page, language, name, words(language)
        self.look = look
        self.seen: list[str] = []
        self.clicks = 0
        page.set_default_timeout(PATIENCE)
        page.on("domcontentloaded", lambda arrived: self.seen.append(urlsplit(arrived.url).path))

    # --- Going and pressing

    def open(self, address: str) -> None:
        """A link in a letter, or the portal's address typed."""
        self.page.goto(address)
        self._check()

    def press(self, locator) -> None:
        """A link or a button that leads to another page."""
        with self.page.expect_event("load"):
            self.tick(locator)
        self._check()

    def tick(self, locator) -> None:
        """A click that stays on the page: a check box, a radio button, a fold."""
        self.clicks += 1
        locator.click()

    def _check(self) -> None:
        assert self.page.evaluate(TOO_WIDE) <= 0, f"{self.page.url} scrolls sideways"
        if self.look:
            self.look(self)

    # --- Finding things by what they are called

    def link(self, name: str, context: str | None = None):
        return self.page.get_by_role("link", name=self.say(name, context), exact=True).first

    def button(self, name: str, context: str | None = None):
        return self.page.get_by_role("button", name=self.say(name, context), exact=True)

    def field(self, label: str, *, required: bool = True):
        """The box under this label."""
        name = capitalized(self.say(label))
        if required:
            name += f" {self.say('(required)')}"
        return self.page.locator("main").get_by_label(name, exact=True)

    def choice(self, label: str):
        """A check box or a radio button."""
        return self.page.locator("main").get_by_label(self.say(label), exact=True)

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def is_told(self, message: str) -> bool:
        """Does the portal say this about what has just been done?"""
        return self.say(message) in self.page.locator("main > .notice p, .messagelist li").all_inner_texts()

    # --- Budgets

    @contextmanager
    def leg(self, what: str, *, pages: int, clicks: int):
        """What is done inside stays within the budget. The page one is on counts; the last one, which only says that
        it is done, does not."""
        clicks_before, seen_before = self.clicks, len(self.seen) - 1
        yield
        way, pressed = self.seen[seen_before:-1], self.clicks - clicks_before
        print(f"\n{what} ({self.language}): {len(way)} pages, {pressed} clicks: {' > '.join(way)}")
        assert len(way) <= pages, f"{what} takes {len(way)} pages, not {pages}: {way}"
        assert pressed <= clicks, f"{what} takes {pressed} clicks, not {clicks}"


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


ADDRESS = re.compile(r"https?://\S+")


def path_in(letter, part: str = "") -> str:
    """The first address in a letter that has this part, as a path of the portal."""
    found = [urlsplit(address).path for address in ADDRESS.findall(letter.body)]
    return next(path for path in found if part in path)
