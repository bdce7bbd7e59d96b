import pytest
import time_machine
from django.core.cache import cache

from iqn import limits

pytestmark = pytest.mark.django_db


def test_refuses_after_so_many_and_says_when_to_come_back():
    with time_machine.travel(1_800_000_000, tick=False):
        for _ in range(3):
            limits.check("write", 7, 3, 60)
        with pytest.raises(limits.RateLimited) as refused:
            limits.check("write", 7, 3, 60)
        limits.check("write", 8, 3, 60)
        limits.check("report", 7, 3, 60)

    assert refused.value.retry_after == 60


def test_allows_again_later():
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        limits.check("write", 7, 1, 60)
        clock.shift(61)
        limits.check("write", 7, 1, 60)


def test_many_other_keys_do_not_free_anybody():
    """Django's cache in the database keeps 300 entries unless told otherwise."""
    for number in range(301):
        cache.set(f"limit:{number}", [number], 600)

    assert cache.get("limit:0") == [0]
    assert all(cache.get(f"limit:{number}") == [number] for number in range(301))
