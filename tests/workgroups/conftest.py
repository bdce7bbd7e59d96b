"""For the tests of work groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def record_queries():
    """How many queries a call makes, the second time it is made."""

    def count(call) -> int:
        call()
        with CaptureQueriesContext(connection) as queries:
            call()
        return len(queries)

    return count
