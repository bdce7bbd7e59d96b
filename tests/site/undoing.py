"""Try something and leave no trace of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches
from django.db import transaction
from django.test import Client


@contextmanager
def undone(*clients: Client) -> Iterator[None]:
    """Rows, sessions and counts of limits (all of them in the database) and cookies are afterwards what they were."""
    before = [copy.deepcopy(client.cookies) for client in clients]
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for client, cookies in zip(clients, before, strict=True):
        client.cookies = cookies
    caches["memory"].clear()
