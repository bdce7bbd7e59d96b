"""Inviting somebody on a roster to make an account, and the page behind the letter's link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iqn import links
from iqn.access import ensure
from workgroups.groups.actions import invitations as actions
from workgroups.groups.choices import INVITATION_LINK
from workgroups.groups.errors import GroupError
from workgroups.groups.models import Group, RosterInvitation
from workgroups.groups.views.finding import group_or_404, roster_trail, term_or_404

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def term_invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    group = group_or_404(request, slug)
    term = term_or_404(group, pk)
    ensure(request.user.has_perm("groups.edit_roster", group))
    if term.seat.is_standing:
        ensure(request.user.has_perm("groups.edit_standing_seats", group))
    refusal = ""
    if request.method == "POST":
        try:
            actions.invite(by=request.user.person, term=term)
        except GroupError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("groups:roster", slug=group.slug)
    context = {"group": group, "term": term, "refusal": refusal, "trail": roster_trail(group)}
    return render(request, "groups/term_invite.html", context, status=409 if refusal else 200)


@login_not_required
@require_http_methods(METHODS)
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what would be joined to which account; POST does it. A stranger signs in or registers first."""
    try:
        values = links.read(INVITATION_LINK, token)
    except links.LinkExpired:
        return _page(request, "expired", status=410)
    except links.LinkDamaged as exc:
        raise Http404 from exc
    invitation = RosterInvitation.objects.select_related("person").filter(pk=values["invitation"]).first()
    if invitation is None:
        return _page(request, "expired", status=410)
    if invitation.accepted_at is not None:
        return _page(request, "accepted", invitation)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            actions.accept(by=request.user.person, invitation=invitation)
        except GroupError as refusal:
            return _page(request, "open", invitation, status=409, refusal=str(refusal))
        messages.success(request, _("Your seats are joined to your account."))
        return redirect("groups:mine")
    return _page(request, "open", invitation)


def _page(
    request: HttpRequest, situation: str, invitation: RosterInvitation | None = None, *, status: int = 200, refusal: str = "",
) -> HttpResponse:  # fmt: skip
    is_open = situation == "open" and invitation is not None
    context = {
        "situation": situation,
        "invitation": invitation,
        "groups": Group.objects.of_person(invitation.person) if is_open else [],
        "refusal": refusal,
        "noindex": True,
    }
    return render(request, "groups/invitation_accept.html", context, status=status)
