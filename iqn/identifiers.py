"""Permanent identifiers such as IQN-0231: who knows them. Apps register in `AppConfig.ready`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Identified:
    """What an identifier stands for, as this reader may see it."""

    identifier: str
    title: str
    url: str
    language: str = ""


Resolver = Callable[[str, Any], "Identified | None"]
_resolvers: list[tuple[re.Pattern[str], Resolver]] = []


def register(pattern: str, resolver: Resolver) -> None:
    """`resolver(identifier, user)` answers None for what the user may not see."""
    _resolvers.append((re.compile(pattern), resolver))


def resolve(identifier: str, user: Any) -> Identified | None:
    """Title and address of an identifier, or None where it is unknown or hidden from this user."""
    wanted = identifier.strip().upper()
    for pattern, resolver in _resolvers:
        if pattern.fullmatch(wanted):
            return resolver(wanted, user)
    return None
