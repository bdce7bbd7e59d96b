from members.models.affiliation import Affiliation
from members.models.application import ApplicationMessage, DeclineReason, MembershipApplication, PurgeCount
from members.models.message import RelayedMessage
from members.models.organization import Organization
from members.models.person import Consent, Person
from members.models.user import User

__all__ = [
    "Affiliation",
    "ApplicationMessage",
    "Consent",
    "DeclineReason",
    "MembershipApplication",
    "Organization",
    "Person",
    "PurgeCount",
    "RelayedMessage",
    "User",
]
