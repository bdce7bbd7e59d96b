"""Initiatives that hold the words of a query."""

from __future__ import annotations

from django.db.models import QuerySet

from initiatives.models import Initiative
from iqn import searching
from iqn.history import official_texts
from iqn.reference.models import InitiativeType, Occupation, Stage
from members.models import Organization

NAMED_BY = (Organization, Occupation, InitiativeType, Stage)  # whose names initiatives are found by


def register() -> None:
    for model in NAMED_BY:
        official_texts.follow(model, "initiatives.jobs.index_all")


def search_initiatives(user, typed: str) -> QuerySet[Initiative]:
    return searching.search(Initiative.objects.listed_for(user), typed, newest="-published_at")
