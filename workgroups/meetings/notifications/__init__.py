"""Who is told about meetings, and in which words."""

from workgroups.meetings.notifications import handed_over, invitations, nudges, proposals


def register() -> None:
    """Give the ledger a renderer for each of these letters."""
    handed_over.register()
    invitations.register()
    nudges.register()
    proposals.register()
