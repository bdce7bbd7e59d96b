"""Who writes which letter. Apps register a renderer for each of their events in `AppConfig.ready`.

The renderer is asked at the moment of sending: it looks up its objects again, checks rights again, and answers None
when the letter is no longer wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from iqn.text import BREAKING_SPACES

if TYPE_CHECKING:
    from iqn.mail.models import Message


@dataclass(frozen=True)
class Part:
    """Something beside text and HTML that says the same: a calendar entry, say "text/calendar; method=REQUEST"."""

    content: str
    kind: str


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    reply_to: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


Renderer = Callable[["Message"], "Letter | None"]
_renderers: dict[str, Renderer] = {}


def register(event: str, renderer: Renderer) -> None:
    if event in _renderers:
        raise ValueError(f"{event} has a renderer already")
    _renderers[event] = renderer


def renderer_of(event: str) -> Renderer:
    """KeyError for an event that nobody registered."""
    return _renderers[event]


def letter(
    template: str, context: dict[str, Any], *, reply_to: tuple[str, ...] = (), parts: tuple[Part, ...] = ()
) -> Letter:
    """A letter from TEMPLATE.subject.txt and TEMPLATE.txt, in the active language."""
    subject = one_line(render_to_string(f"{template}.subject.txt", context))
    return Letter(subject, render_to_string(f"{template}.txt", context).strip() + "\n", reply_to, parts=parts)


def one_line(subject: str) -> str:
    """What may stand as a subject. The spaces that do not break, which French wants inside « », stay."""
    return BREAKING_SPACES.sub(" ", subject).strip(" ")[:250]
