"""When somebody on a roster gets an account, what stood under the person without one goes to the account's person.

Terms are moved by this app. An app above registers what it keeps about people in its `AppConfig.ready`:

    joining.register(move)      # move(old, new): called in the same transaction, after the terms have moved
"""

from __future__ import annotations

from collections.abc import Callable

from members.models import Person

Mover = Callable[[Person, Person], None]
_movers: list[Mover] = []


def register(mover: Mover) -> None:
    _movers.append(mover)


def movers() -> list[Mover]:
    return list(_movers)
