"""Official pages that hold the words of a query."""

from __future__ import annotations

from iqn import searching
from iqn.pages.models import Page, PageQuerySet


def search_pages(user, typed: str) -> PageQuerySet:
    return searching.search(Page.objects.visible_to(user), typed, newest="-content_updated_on")
