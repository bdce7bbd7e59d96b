"""What other apps show on the pages of a group, without this app knowing them.

A page of a group asks whoever has registered, in the order of registering. An app that stands above registers in its
`AppConfig.ready`:

    from workgroups.groups import home

    def next_meeting(group, user) -> home.Section | None:
        meeting = Meeting.objects.visible_to(user).filter(group=group).next()
        return home.Section("meetings/_next_meeting.html", {"meeting": meeting})

    home.register(next_meeting)             # on the group's home page
    home.register_handover(open_actions)    # open_actions(term, user): on the page that hands a seat over
    home.register_strips(next_of_all)       # next_of_all(groups, user) -> {group.pk: Section}: "Your groups"
    home.register_overview(board)           # board(user) -> (label, address) or None: on the list of groups

A provider answers None (or leaves a group out) where it has nothing to say to this reader; it asks `visible_to(user)`
itself. Its template is included inside the page's main column with `section` in its context: a heading of level 2 (none
on the list of one's groups), no h1. A provider takes a constant number of queries; the one for strips is asked
once for all groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workgroups.groups.models import Group, Term


@dataclass(frozen=True)
class Section:
    """A part of a page: a template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Provider = Callable[[Group, Any], Section | None]
HandoverProvider = Callable[[Term, Any], Section | None]
Overview = Callable[[Any], tuple[str, str] | None]
StripProvider = Callable[[Iterable[Group], Any], Mapping[int, Section]]

_on_home: list[Provider] = []
_on_handover: list[HandoverProvider] = []
_on_strips: list[StripProvider] = []
_on_list: list[Overview] = []


def register(provider: Provider) -> None:
    _on_home.append(provider)


def register_handover(provider: HandoverProvider) -> None:
    _on_handover.append(provider)


def register_strips(provider: StripProvider) -> None:
    _on_strips.append(provider)


def register_overview(provider: Overview) -> None:
    _on_list.append(provider)


def overviews_for(user) -> list[tuple[str, str]]:
    """Pages over all groups that this reader may open."""
    return [link for provider in _on_list if (link := provider(user)) is not None]


def sections_of(group: Group, user) -> list[Section]:
    return [section for provider in _on_home if (section := provider(group, user)) is not None]


def handover_sections(term: Term, user) -> list[Section]:
    return [section for provider in _on_handover if (section := provider(term, user)) is not None]


def strips_of(groups: list[Group], user) -> dict[int, list[Section]]:
    found: dict[int, list[Section]] = {group.pk: [] for group in groups}
    for provider in _on_strips:
        for pk, section in provider(groups, user).items():
            found[pk].append(section)
    return found
