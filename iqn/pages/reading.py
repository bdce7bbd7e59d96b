"""A page as readers see it: links resolved, headings with anchors, the list of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from iqn.pages.links import with_addresses
from iqn.pages.models import Page
from iqn.text import render_official_text

LEAST_PARTS = 4  # a shorter page needs no list of its parts
_HEADING = re.compile(r"<h2>(?P<words>.*?)</h2>", re.DOTALL)
# Anchors that the layout has already
TAKEN = ("main", "errors", "site-search", "lang-heading", "parts", "section-pages")


@dataclass(frozen=True)
class Part:
    anchor: str
    title: str


@dataclass(frozen=True)
class ReadablePage:
    html: SafeString
    parts: list[Part]

    @property
    def has_list_of_parts(self) -> bool:
        return len(self.parts) >= LEAST_PARTS


def addresses(pages: Iterable[Page]) -> dict[str, str]:
    return {page.key: page.get_absolute_url() for page in pages}


def readable(text: str, page_addresses: Mapping[str, str]) -> ReadablePage:
    """HTML of an official text in the active language."""
    html = render_official_text(with_addresses(text, page_addresses))
    parts: list[Part] = []

    def anchored(match: re.Match[str]) -> str:
        title = strip_tags(match["words"])
        anchor = _free(slugify(title) or "part", [*TAKEN, *(part.anchor for part in parts)])
        parts.append(Part(anchor, title))
        return f'<h2 id="{anchor}">{match["words"]}</h2>'

    # Cleaned HTML, to which only anchors made of letters, digits and hyphens are added
    return ReadablePage(mark_safe(_HEADING.sub(anchored, html)), parts)  # noqa: S308


def _free(anchor: str, taken: Iterable[str]) -> str:
    number, free = 2, anchor
    while free in taken:
        free, number = f"{anchor}-{number}", number + 1
    return free
