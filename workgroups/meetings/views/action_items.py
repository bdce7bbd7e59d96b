"""Actions: one's own, of a group, of all; done or postponed with one click and a confirmation, also from a letter."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn import links
from iqn.access import ensure, is_member
from iqn.exports import csv_response
from iqn.listing import FilteredList
from members.models import Person
from workgroups.groups.choices import Part
from workgroups.groups.models import Group
from workgroups.meetings.actions import action_items
from workgroups.meetings.choices import ActionState
from workgroups.meetings.errors import MeetingError
from workgroups.meetings.exports import ACTION_COLUMNS, FOLLOWER
from workgroups.meetings.filters import ActionFilter
from workgroups.meetings.forms.outcomes import FinishForm, PostponeForm
from workgroups.meetings.minutes import level_of
from workgroups.meetings.models import ActionItem, Decision
from workgroups.meetings.outcome_identifiers import numbered_or_404
from workgroups.meetings.outcome_letters import ACTION_LINK, LINKS_LAST
from workgroups.meetings.views.decisions import group_or_404

DONE, POSTPONE = "done", "postpone"
LATELY = timedelta(days=90)


class ActionList(FilteredList):
    """Across groups: for staff."""

    template_name = "meetings/action_list.html"
    permission = "meetings.view_actionitem"
    filterset_class = ActionFilter
    columns = (*ACTION_COLUMNS[:3], FOLLOWER, *ACTION_COLUMNS[3:])
    export_name = "actions"

    def all_rows(self):
        rows = ActionItem.objects.visible_to(self.request.user)
        return rows.select_related("group", "follower", "organization").order_by("-state", "due", "pk")

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "shows_followers": True}


@method_decorator(login_not_required, name="dispatch")
class GroupActionList(ActionList):
    permission = ""

    @cached_property
    def group(self) -> Group:
        return group_or_404(self.request, self.kwargs["slug"])

    @cached_property
    def shows_followers(self) -> bool:
        return level_of(self.request.user, self.group) != Part.PUBLIC

    def all_rows(self):
        return super().all_rows().filter(group=self.group)

    def get_columns(self):
        return self.columns if self.shows_followers else ACTION_COLUMNS

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "group": self.group, "shows_followers": self.shows_followers}


@require_safe
def action_mine(request: HttpRequest) -> HttpResponseBase:
    """What this person promised: open first, then what was closed in the last quarter."""
    rows = ActionItem.objects.of_person(request.user.person).select_related(
        "group", "organization", "meeting__group"
    )
    if request.GET.get("format") == "csv":
        ordered = rows.order_by("-state", "due", "pk")
        return csv_response(ACTION_COLUMNS, ordered.iterator(chunk_size=500), name="my-actions")
    lately = timezone.localtime() - LATELY
    context = {
        "open_actions": list(rows.open().order_by("due", "pk")),
        "closed_actions": list(
            rows.exclude(state=ActionState.OPEN).filter(closed_at__gte=lately).order_by("-closed_at")
        ),
        "lately": lately,
        "noindex": True,
    }
    return render(request, "meetings/action_mine.html", context)


def _action(request: HttpRequest, slug: str, identifier: str) -> ActionItem:
    rows = ActionItem.objects.visible_to(request.user)
    related = (
        "group", "meeting__group", "item", "follower", "organization",
        "seat__organization", "seat__stakeholder_type",
    )  # fmt: skip
    return numbered_or_404(rows.select_related(*related), slug, identifier)


@login_not_required
@require_safe
def action_detail(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    action = _action(request, slug, identifier)
    user = request.user
    own = user.is_authenticated and action.follower_id == user.person.pk
    context = {
        "action": action,
        "group": action.group,
        "decision": Decision.objects.visible_to(user)
        .filter(pk=action.decision_id)
        .select_related("group")
        .first(),
        "shows_follower": own or is_member(user) or level_of(user, action.group) == Part.ROSTER,
        "may_update": user.has_perm("meetings.update_action", action) and action.is_open,
        "noindex": action.visibility != Part.PUBLIC,
    }
    return render(request, "meetings/action_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action_finish(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    return _update(request, _action(request, slug, identifier), DONE)


@require_http_methods(["GET", "HEAD", "POST"])
def action_postpone(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    return _update(request, _action(request, slug, identifier), POSTPONE)


def _update(request: HttpRequest, action: ActionItem, what: str) -> HttpResponse:
    ensure(request.user.has_perm("meetings.update_action", action))
    if not action.is_open:
        messages.info(request, _("This action is closed already."))
        return redirect(action)
    form = _form(request, action, what)
    if request.method == "POST" and form.is_valid():
        try:
            _do(action, what, form, by=request.user.person)
        except MeetingError as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(
                request, _("The action is done.") if what == DONE else _("The action is postponed.")
            )
        return redirect("meetings:action-mine" if action.follower_id == request.user.person.pk else action)
    template = "meetings/action_finish.html" if what == DONE else "meetings/action_postpone.html"
    return render(request, template, {"action": action, "group": action.group, "form": form, "noindex": True})


def _form(request: HttpRequest, action: ActionItem, what: str):
    data = request.POST if request.method == "POST" else None
    return FinishForm(data) if what == DONE else PostponeForm(data, action=action)


def _do(action: ActionItem, what: str, form, *, by: Person, from_mail: bool = False) -> None:
    if what == DONE:
        note = form.cleaned_data["closing_note"]
        action_items.finish(action=action, closing_note=note, by=by, from_mail=from_mail)
    else:
        action_items.postpone(action=action, due=form.cleaned_data["due"], by=by, from_mail=from_mail)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_answer(request: HttpRequest, token: str) -> HttpResponse:
    """From a letter, without signing in: the link is good for one action and for one person."""
    try:
        values = links.read(ACTION_LINK, token, lasts=LINKS_LAST)
    except links.LinkExpired:
        return _answer_page(request, "expired", status=410)
    except links.LinkDamaged as exc:
        raise Http404 from exc
    rows = ActionItem.objects.select_related("group", "meeting__group", "organization")
    action = rows.filter(pk=values["action"]).first()
    if action is None:  # taken back before anybody was told
        return _answer_page(request, "expired", status=410)
    if action.follower_id != values["person"]:
        return _answer_page(request, "handed_on", status=410)
    if not action.is_open or action.group.is_concluded:
        return _answer_page(request, "closed", action)
    what = POSTPONE if request.POST.get("do") == POSTPONE else DONE
    finish, postpone = FinishForm(), PostponeForm(action=action)
    if request.method == "POST":
        form = _form(request, action, what)
        if form.is_valid():
            try:
                _do(action, what, form, by=action.follower, from_mail=True)
            except MeetingError:
                return _answer_page(request, "handed_on", status=409)
            return redirect(f"{request.path}?done={what}")
        finish, postpone = (form, postpone) if what == DONE else (finish, form)
        return _answer_page(request, "open", action, finish=finish, postpone=postpone, form=form)
    return _answer_page(request, "open", action, finish=finish, postpone=postpone)


def _answer_page(
    request: HttpRequest, situation: str, action: ActionItem | None = None, *, status: int = 200, **more
) -> HttpResponse:
    context = {
        "situation": situation, "action": action, "noindex": True, "just_postponed": request.GET.get("done") == POSTPONE,
        **more,
    }  # fmt: skip
    return render(request, "meetings/action_answer.html", context, status=status)
