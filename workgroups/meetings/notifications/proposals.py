"""Proposers learn what became of their proposal."""

from __future__ import annotations

from iqn import links
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from workgroups.meetings.choices import ProposalState
from workgroups.meetings.models import Proposal

DECIDED = "meetings.proposal_decided"


def register() -> None:
    events.register(DECIDED, _render_decided)


def tell_decided(proposal: Proposal) -> None:
    """Who has no open account any more, or decided on an own proposal, gets no letter."""
    address = proposal.proposer.mail_address
    if not address or proposal.proposer_id == proposal.decided_by_id:
        return
    moment = int(proposal.decided_at.timestamp() * 1000)
    sending.queue(
        DECIDED, to=proposal.proposer, address=address, language=proposal.proposer.language,
        params={"proposal": proposal.pk}, once=f"proposal:{proposal.pk}:{moment}",
    )  # fmt: skip


def _render_decided(message: Message) -> Letter | None:
    rows = Proposal.objects.select_related("group", "item__meeting__group").exclude(
        state=ProposalState.PROPOSED
    )
    proposal = rows.filter(pk=message.params["proposal"], proposer=message.recipient).first()
    if proposal is None or not message.recipient.mail_address:
        return None
    url = links.absolute("meetings:proposal-list", message.language, slug=proposal.group.slug)
    context = {"name": message.recipient.name, "proposal": proposal, "group": proposal.group, "url": url}
    return events.letter("meetings/emails/proposal_decided", context)
