class NothingToSettle(Exception):
    """Only a letter that failed, or of which nobody knows whether it was sent, waits for a person."""


class NeverSentAgain(NothingToSettle):
    """Codes and reset links are wiped: whoever needs one asks for a new one."""
