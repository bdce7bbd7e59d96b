"""Somebody asks for an item; those who run the group decide, and say why."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Group
from workgroups.meetings.actions import agenda
from workgroups.meetings.choices import ProposalState
from workgroups.meetings.errors import GroupIsConcluded, ProposalIsDecided
from workgroups.meetings.models import Meeting, Proposal
from workgroups.meetings.notifications import proposals as letters


@transaction.atomic
def propose_item(
    *, group: Group, title: str, text: str, purpose: str, language: str, by: Person, subject: str = ""
) -> Proposal:
    group = Group.objects.select_for_update().get(pk=group.pk)
    if group.is_concluded:
        raise GroupIsConcluded
    proposal = Proposal.objects.create(
        group=group, proposer=by, title=title, text=text, purpose=purpose, language=language, subject=subject
    )
    record(
        by=by, verb="meetings.item_proposed", phrase=_("%(actor)s proposed an item to %(group)s."), target=proposal,
        group=lambda: group.name,
    )  # fmt: skip
    return proposal


@transaction.atomic
def put_on_agenda(*, proposal: Proposal, meeting: Meeting, by: Person, reason: str = "") -> Proposal:
    proposal = _undecided(proposal)
    proposal.item = agenda.add_item(
        meeting=meeting, by=by, title=proposal.title, description=proposal.text, language=proposal.language,
        purpose=proposal.purpose, subject=proposal.subject, presenter=proposal.proposer,
    )  # fmt: skip
    return _decide(proposal, ProposalState.ON_AGENDA, reason, by)


@transaction.atomic
def decide_otherwise(*, proposal: Proposal, state: str, reason: str, by: Person) -> Proposal:
    """Parked, declined or answered directly, with a reason."""
    return _decide(_undecided(proposal), state, reason, by)


def _undecided(proposal: Proposal) -> Proposal:
    """What is parked can still come onto an agenda."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state not in (ProposalState.PROPOSED, ProposalState.PARKED):
        raise ProposalIsDecided
    return proposal


def _decide(proposal: Proposal, state: str, reason: str, by: Person) -> Proposal:
    proposal.state, proposal.reason = state, reason
    proposal.reason_language = (get_language() or "en")[:2]
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "reason", "reason_language", "decided_by", "decided_at", "item"])
    record(
        by=by, verb="meetings.proposal_decided", phrase=_("%(actor)s decided on a proposal: %(state)s"),
        target=proposal, state=proposal.get_state_display,
    )  # fmt: skip
    letters.tell_decided(proposal)
    return proposal
