"""What an action refuses to do. Views turn these into pages that say what to do next."""

from __future__ import annotations

from typing import Any


class StaleVersion(Exception):
    """Somebody else saved while this form was open; `current` is what stands now."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current._meta.label} {current.pk} is at version {current.version}")
        self.current = current


class NotPossibleNow(Exception):
    """The state of the object does not allow it (any more): somebody else may have been faster."""


class CommentsClosed(NotPossibleNow):
    """The initiative is not published (any more): nobody comments on it now."""


class CommentNotShown(NotPossibleNow):
    """The comment was removed or hidden meanwhile."""


class AlreadyReported(NotPossibleNow):
    """This person's report of the same thing still waits for staff."""


class AlreadyDecided(NotPossibleNow):
    """Somebody else of the staff decided the report first."""


class ReasonNotUsable(Exception):
    """A return quotes a clause in force, in the author's language."""


class Incomplete(Exception):
    """Fields are still empty that must be filled before an initiative is posted."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields
