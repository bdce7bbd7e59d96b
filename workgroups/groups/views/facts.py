"""Facts of a group and its status, changed by those who run it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iqn.access import ensure
from workgroups.groups.actions import group as actions
from workgroups.groups.errors import GroupError, StaleVersion
from workgroups.groups.forms.groups import GroupForm, StatusForm
from workgroups.groups.views.finding import group_or_404, trail_to

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.edit_group", group))
    form = GroupForm(request.POST if request.method == "POST" else None, group=group)
    differences, status = [], 200
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.edit(by=request.user.person, group=group, expected_version=version, values=form.values())
        except StaleVersion as refusal:
            form.add_error(None, str(refusal))
            differences, status = _differences(form, group), 409
            typed = request.POST.copy()
            typed["version"] = str(group.version)  # a second save decides
            form.data = typed
        else:
            messages.success(request, _("The facts are saved."))
            return redirect("groups:detail", slug=group.slug)
    context = {"group": group, "form": form, "differences": differences, "trail": trail_to(group)}
    return render(request, "groups/group_form.html", context, status=status)


def _differences(form: GroupForm, group) -> list[tuple[str, str]]:
    """(label, what is saved now) of every text in which the saved group and what was typed differ."""
    return [
        (form.fields[name].label, str(getattr(group, name)))
        for name, typed in form.values().items()
        if isinstance(typed, str) and typed != getattr(group, name)
    ]


@require_http_methods(FORM_METHODS)
def group_status(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.edit_group", group))
    form = StatusForm(request.POST if request.method == "POST" else None, initial={"status": group.status})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_status(by=request.user.person, group=group, **form.cleaned_data)
        except GroupError as refusal:
            form.add_error("closing_note_en", str(refusal))
        else:
            messages.success(request, _("The status is saved."))
            return redirect("groups:detail", slug=group.slug)
    return render(
        request, "groups/group_status.html", {"group": group, "form": form, "trail": trail_to(group)}
    )
