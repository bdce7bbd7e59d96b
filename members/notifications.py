"""Who is told about applications and messages, and in which words."""


def register() -> None:
    """Give the ledger a renderer for each letter of this app."""
