"""How often somebody may do something. Counted in the shared cache, so all web processes count together."""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction


class RateLimited(PermissionDenied):
    """Too often: becomes the 429 page. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("rate limited")
        self.retry_after = retry_after


def check(scope: str, key: object, times: int, seconds: int) -> None:
    """Count one use of `scope` by `key`; raise RateLimited when there were `times` within the last `seconds`.

    `key` is whatever identifies the one who acts: a person's id, an address. It is stored only as a hash.
    """
    name = hashlib.sha256(f"{scope}:{key}".encode()).hexdigest()[:40]
    now = time.time()
    with transaction.atomic():
        _alone(name)
        recent = [moment for moment in cache.get(f"limit:{name}", []) if moment > now - seconds]
        if len(recent) >= times:
            raise RateLimited(retry_after=max(1, int(recent[0] + seconds - now)))
        cache.set(f"limit:{name}", [*recent, now], seconds)


def _alone(name: str) -> None:
    """Reading and writing a count must not interleave; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
