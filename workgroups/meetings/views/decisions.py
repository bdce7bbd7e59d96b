"""Decisions: registers of one group and of all, the page of each, and one taken in writing between meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from iqn.listing import FilteredList
from workgroups.groups.choices import Part
from workgroups.groups.models import Group
from workgroups.meetings.actions import decisions
from workgroups.meetings.exports import DECISION_COLUMNS
from workgroups.meetings.filters import DecisionFilter
from workgroups.meetings.forms.outcomes import WrittenDecisionForm
from workgroups.meetings.minutes import level_of, seen_voices
from workgroups.meetings.models import Decision
from workgroups.meetings.outcome_identifiers import numbered_or_404
from workgroups.meetings.voices import voices_in, with_voices


def group_or_404(request: HttpRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def voices_seen(decision: Decision) -> dict[str, Any] | None:
    """Who was in the room and who was missing; nothing to say of a decision in writing."""
    meeting = decision.meeting
    return seen_voices(voices_in(meeting, decision.group)) if meeting is not None else None


@method_decorator(login_not_required, name="dispatch")
class DecisionList(FilteredList):
    """Of every group."""

    template_name = "meetings/decision_list.html"
    filterset_class = DecisionFilter
    columns = DECISION_COLUMNS
    export_name = "decisions"

    def all_rows(self):
        rows = with_voices(Decision.objects.visible_to(self.request.user))
        return rows.select_related("group", "meeting__group", "function").order_by(
            "-decided_on", "-number", "-pk"
        )

    def prepared(self, rows):
        return [(decision, voices_seen(decision)) for decision in rows]


class GroupDecisionList(DecisionList):
    @cached_property
    def group(self) -> Group:
        return group_or_404(self.request, self.kwargs["slug"])

    def all_rows(self):
        return super().all_rows().filter(group=self.group)

    def get_context_data(self, **kwargs):
        may_decide = self.request.user.has_perm("meetings.record_meeting", self.group)
        return {**super().get_context_data(**kwargs), "group": self.group, "may_decide": may_decide}


@login_not_required
@require_safe
def decision_detail(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    rows = with_voices(Decision.objects.visible_to(request.user))
    rows = rows.select_related("group", "meeting__group", "function")
    decision = numbered_or_404(rows, slug, identifier)
    meeting = decision.meeting
    is_frozen = meeting is not None and meeting.is_frozen
    context = {
        "decision": decision,
        "group": decision.group,
        "meeting": meeting,
        "voices": voices_seen(decision),
        "actions": list(decision.action_items.visible_to(request.user).select_related("group")),
        "may_record": request.user.has_perm("meetings.record_meeting", decision)
        and meeting
        and not is_frozen,
        "is_of_roster": level_of(request.user, decision.group) == Part.ROSTER,
        "noindex": decision.visibility != Part.PUBLIC,
    }
    return render(request, "meetings/decision_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_create(request: HttpRequest, slug: str) -> HttpResponse:
    """In writing, between meetings."""
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("meetings.record_meeting", group))
    form = WrittenDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        decision = decisions.take_in_writing(
            group=group, decided_on=values.pop("decided_on"), values=values, by=request.user.person
        )
        messages.success(request, _("The decision stands in the register."))
        return redirect(decision)
    return render(request, "meetings/decision_create.html", {"form": form, "group": group, "noindex": True})
