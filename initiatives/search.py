"""Initiatives that hold the words of a query."""

from __future__ import annotations

from django.db.models import QuerySet

from initiatives.models import Initiative
from iqn import searching


def search_initiatives(user, typed: str) -> QuerySet[Initiative]:
    return searching.search(Initiative.objects.listed_for(user), typed, newest="-published_at")
