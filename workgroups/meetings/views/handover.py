"""Handing on the open actions of a seat: one after the other, as the page of the hand-over asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from iqn.access import ensure
from workgroups.groups.views.finding import term_or_404
from workgroups.meetings.actions import action_items
from workgroups.meetings.forms.handover import HandOverForm
from workgroups.meetings.handover import open_actions_of
from workgroups.meetings.views.fetching import group_of_address


@require_http_methods(["GET", "HEAD", "POST"])
def seat_handover(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form stands on the page of the hand-over; what cannot be done is said there."""
    group = group_of_address(request, slug)
    term = term_or_404(group, pk)
    if term.seat.group is None:  # a seat for every group has no one register
        raise Http404
    ensure(request.user.has_perm("meetings.hand_over_action", group))
    if request.method == "POST":
        _hand_over(
            request, HandOverForm(request.POST, term=term, actions=open_actions_of(term, request.user))
        )
    return redirect("groups:term-handover", slug=group.slug, pk=term.pk)


def _hand_over(request: HttpRequest, form: HandOverForm) -> None:
    if not form.is_valid():
        messages.error(request, _("Something changed in the meantime. Choose again."))
        return
    choices = [
        action_items.Hands(action, person, form.seat if form.is_with_seat(action) else None)
        for action, person in form.chosen
    ]
    refused = action_items.hand_on(choices=choices, by=request.user.person)
    for action, refusal in refused.items():
        messages.warning(request, f"{action.identifier}: {refusal}")
    done = len(choices) - len(refused)
    if done:
        words = ngettext("%(n)s action is settled.", "%(n)s actions are settled.", done)
        messages.success(request, words % {"n": done})
