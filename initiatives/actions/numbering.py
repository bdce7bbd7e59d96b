"""Numbers of initiatives: from a sequence, so that submissions at the same moment never meet and none is reused."""

from __future__ import annotations

from django.db import connection

SEQUENCE = "initiatives_number_seq"


def next_number() -> int:
    """IQN-0051 after IQN-0050. A submission that fails leaves a gap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [SEQUENCE])
        return cursor.fetchone()[0]


def reserve_up_to(number: int) -> None:
    """Never give out `number` or a smaller one again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(%s, greatest(%s, (SELECT last_value FROM initiatives_number_seq)))",
            [SEQUENCE, number],
        )
