"""Official pages that hold the words of a query."""

from __future__ import annotations

from django.db.models import QuerySet

from iqn import searching
from iqn.pages.models import Page


def search_pages(user, typed: str) -> QuerySet[Page]:
    return searching.search(Page.objects.visible_to(user), typed, newest="-content_updated_on")
