"""IQN-0231: given at first submission, never changed."""

from __future__ import annotations


class IdentifierConverter:
    """In addresses: the number behind IQN-0231. Four digits at least; no other spelling leads to the same page."""

    regex = r"IQN-(?:\d{4}|[1-9]\d{4,8})"

    def to_python(self, value: str) -> int:
        return int(value[len("IQN-") :])

    def to_url(self, value: int | str) -> str:
        return value if isinstance(value, str) else f"IQN-{value:04d}"
