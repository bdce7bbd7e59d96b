"""Pages of a list whose length is not worth counting to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from iqn.facets import COUNT_LIMIT
from iqn.numbers import whole_number

LAST_PAGE = 400  # beyond it, finding a page costs more than narrowing the list


@dataclass
class ListPage:
    object_list: list[Any]
    number: int
    total: int  # 1,001 stands for "more than 1,000"
    has_next: bool
    last: int | None  # None: nobody counted

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def nearby(self) -> list[int | None]:
        """Page numbers to offer; None stands for a gap."""
        last = self.last or self.number + self.has_next
        wanted = sorted({1, last, *range(self.number - 1, self.number + 2)} & set(range(1, last + 1)))
        result: list[int | None] = []
        for number in wanted:
            if result and number - result[-1] == 2:
                result.append(number - 1)  # a gap of one page is that page
            elif result and number - result[-1] > 2:
                result.append(None)
            result.append(number)
        return [*result, None] if self.last is None and self.has_next else result


def asked_number(text: str | None) -> int:
    """A page number from an address: nonsense is the first page."""
    return min(max(whole_number(text, 1), 1), LAST_PAGE)


def page_of(rows: QuerySet, asked: str | None, *, size: int) -> ListPage:
    """The page asked for, or the nearest there is; two queries, whatever the number of rows."""
    total = rows.order_by()[: COUNT_LIMIT + 1].count()
    number = asked_number(asked)
    if total <= COUNT_LIMIT:
        last = max(1, -(-total // size))
        number = min(number, last)
        start = (number - 1) * size
        return ListPage(list(rows[start : start + size]), number, total, number < last, last)
    found = list(rows[(number - 1) * size : number * size + 1])
    if not found:  # past the end: only now is it worth counting
        number = min(LAST_PAGE, -(-rows.count() // size))
        found = list(rows[(number - 1) * size : number * size + 1])
    return ListPage(found[:size], number, total, len(found) > size and number < LAST_PAGE, None)
