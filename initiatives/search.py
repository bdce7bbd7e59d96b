"""Initiatives that hold the words of a query."""

from __future__ import annotations

from initiatives.models import Initiative
from initiatives.models.initiative import InitiativeQuerySet
from iqn import searching


def search_initiatives(user, typed: str) -> InitiativeQuerySet:
    return searching.search(Initiative.objects.listed_for(user), typed, newest="-published_at")
