from workgroups.groups.models.announcement import Announcement
from workgroups.groups.models.document import Document
from workgroups.groups.models.function import Function
from workgroups.groups.models.group import Group, GroupSource
from workgroups.groups.models.seat import Seat
from workgroups.groups.models.term import RosterInvitation, Term
from workgroups.groups.models.terms_of_reference import TermsOfReference

__all__ = [
    "Announcement",
    "Document",
    "Function",
    "Group",
    "GroupSource",
    "RosterInvitation",
    "Seat",
    "Term",
    "TermsOfReference",
]
