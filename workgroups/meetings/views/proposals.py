"""Items that somebody asks for, and what became of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn.access import ensure
from iqn.exports import csv_response
from iqn.paging import page_of
from workgroups.groups.models import Group
from workgroups.meetings.actions import proposals as actions
from workgroups.meetings.choices import ProposalState
from workgroups.meetings.errors import MeetingError
from workgroups.meetings.exports import PROPOSAL_COLUMNS
from workgroups.meetings.forms.proposals import ProposalDecisionForm, ProposalForm
from workgroups.meetings.models import Proposal
from workgroups.meetings.views.fetching import group_of_address, group_trail, posted

ON_A_PAGE = 25


@require_safe
def proposal_list(request: HttpRequest, slug: str) -> HttpResponseBase:
    """For the roster; and whoever has left it still sees what became of own proposals."""
    group = group_of_address(request, slug)
    rows = Proposal.objects.visible_to(request.user).filter(group=group)
    may_propose = request.user.has_perm("meetings.propose_item", group)
    may_decide = request.user.has_perm("meetings.decide_proposal", group)
    ensure(may_propose or may_decide or rows.exists())
    rows = rows.select_related("proposer", "item__meeting__group")
    if request.GET.get("format") == "csv":
        return csv_response(PROPOSAL_COLUMNS, rows.iterator(chunk_size=500), name=f"proposals-{group.slug}")
    page = page_of(rows, request.GET.get("page"), size=ON_A_PAGE)
    context = {
        "group": group, "proposals": page.object_list, "page_obj": page, "may_propose": may_propose,
        "may_decide": may_decide, "trail": group_trail(group),
    }  # fmt: skip
    return render(request, "meetings/proposal_list.html", context)


def proposal_create(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_of_address(request, slug)
    ensure(request.user.has_perm("meetings.propose_item", group))
    form = ProposalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_item(group=group, by=request.user.person, **form.cleaned_data)
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Your proposal is with those who run the group. You get a letter when it is decided."),
            )
            return redirect(_list_address(group))
    context = {"group": group, "form": form, "trail": _trail(group)}
    return render(request, "meetings/proposal_create.html", context)


def proposal_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_of_address(request, slug)
    rows = Proposal.objects.visible_to(request.user).filter(group=group).select_related("proposer", "group")
    proposal = get_object_or_404(rows, pk=pk)
    ensure(request.user.has_perm("meetings.decide_proposal", proposal))
    if proposal.state not in (ProposalState.PROPOSED, ProposalState.PARKED):
        messages.warning(request, _("This proposal has been decided in the meantime."))
        return redirect(_list_address(group))
    form = ProposalDecisionForm(posted(request), group=group)
    if request.method == "POST" and form.is_valid():
        try:
            _decided(form.cleaned_data, proposal, request)
        except MeetingError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. The proposer is told by mail."))
            return redirect(_list_address(group))
    context = {"group": group, "proposal": proposal, "form": form, "trail": _trail(group)}
    return render(request, "meetings/proposal_decide.html", context)


def _decided(chosen: dict, proposal: Proposal, request: HttpRequest) -> None:
    by, reason = request.user.person, chosen["reason"]
    if chosen["state"] == ProposalState.ON_AGENDA:
        actions.put_on_agenda(proposal=proposal, meeting=chosen["meeting"], reason=reason, by=by)
    else:
        actions.decide_otherwise(proposal=proposal, state=chosen["state"], reason=reason, by=by)


def _list_address(group: Group) -> str:
    return reverse("meetings:proposal-list", args=[group.slug])


def _trail(group: Group) -> list[tuple[str, str]]:
    return [*group_trail(group), (_("Proposals"), _list_address(group))]
