"""Member-written Markdown to HTML that is safe to show. The only place that marks such HTML as safe."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from iqn.typography import typeset

MAX_LENGTH = 20_000  # characters of one text; also bounds the parser's work

BREAKING_SPACES = re.compile(
    r"[^\S\u00a0\u202f]+"
)  # those that French wants inside « 16 h » are not among them

ALLOWED_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h2", "h3", "h4", "h5", "hr",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"http", "https", "mailto"}

# Nesting bounds the parser on hostile input; images would call other hosts, hence none
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": 20})
_markdown.enable("linkify").disable("image")


def _only_real_links(tag: str, attribute: str, value: str) -> str | None:
    """Protocol-relative addresses look local and are not."""
    if attribute == "href" and value.strip().startswith(("//", "\\", "/\\")):
        return None
    return value


def _lower_headings(html: str, top: int) -> str:
    """The page has its h1 (and h2): headings inside a text start below."""

    def lowered(match: re.Match[str]) -> str:
        level = min(int(match[2]) - 1 + top, 6)
        return f"<{match[1]}h{level}"

    return re.sub(r"<(/?)h([1-6])", lowered, html)


def _typeset_html(text: str, language: str) -> str:
    """Markdown to HTML; only words are typeset, never code or addresses."""
    tokens = _markdown.parse(text)
    for token in tokens:
        for part in token.children or ():
            if part.type == "text":
                part.content = typeset(part.content, language)
    return _markdown.renderer.render(tokens, _markdown.options, {})


@lru_cache(maxsize=2048)
def _rendered(text: str, top: int, rel: str, language: str = "") -> str:
    html = _lower_headings(_typeset_html(text, language), top)
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS | {"h6"},
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        attribute_filter=_only_real_links,
        link_rel=rel or None,
    )


def render_member_text(text: str, language: str = "", *, top_heading: int = 3) -> SafeString:
    """HTML of a text by a member. Headings begin at `top_heading`; links carry nofollow and ugc."""
    # nh3 has just removed everything that is not on the allow-list
    return mark_safe(_rendered(text[:MAX_LENGTH], top_heading, "nofollow ugc noopener noreferrer", language))  # noqa: S308


def render_official_text(text: str) -> SafeString:
    """HTML of a text by staff: the same door, headings as written, links without nofollow."""
    # nh3 has just removed everything that is not on the allow-list
    return mark_safe(_rendered(text, 1, ""))  # noqa: S308


@lru_cache(maxsize=2048)
def _without_signs(text: str) -> str:
    return unescape(nh3.clean(_markdown.render(text), tags=set())).strip()


def plain_text(text: str, *, words: int = 40) -> str:
    """The first words of a Markdown text without its signs, for mail subjects, descriptions and lists."""
    parts = BREAKING_SPACES.split(_without_signs(text[:MAX_LENGTH]))
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")


def fingerprint(text: str) -> str:
    """A short hash that tells whether a text has changed; line ends and outer spaces do not count."""
    return hashlib.sha256("\n".join(text.strip().splitlines()).encode()).hexdigest()[:16]


def folded(text: str) -> str:
    """Lower case without accents: sorts É beside E on every machine, and finds names however they are typed."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def folded_key(text: str) -> str:
    """As long as a column that rows are sorted by: folding can lengthen a text."""
    return folded(text)[:200]
