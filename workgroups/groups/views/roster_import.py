"""Bringing in a roster from CSV: first a dry run, then the same for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from iqn.access import ensure
from workgroups.groups.actions import roster_import as actions
from workgroups.groups.forms.roster_import import RosterImportForm
from workgroups.groups.views.finding import group_or_404, roster_trail


@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.import_roster", group))
    form = RosterImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    outcomes: list[actions.Outcome] = []
    text = ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        is_for_good = request.POST.get("do") == "apply"
        run = actions.apply if is_for_good else actions.dry_run
        try:
            outcomes = run(by=request.user.person, group=group, text=text)
        except actions.FileError as refusal:
            form.add_error("file", str(refusal))
        else:
            if is_for_good and not any(outcome.is_error for outcome in outcomes):
                words = ngettext("%(n)s line was taken over.", "%(n)s lines were taken over.", len(outcomes))
                messages.success(request, words % {"n": len(outcomes)})
                return redirect("groups:roster", slug=group.slug)
    context = {
        "group": group, "form": form, "trail": roster_trail(group), "outcomes": outcomes, "text": text,
        "errors": sum(outcome.is_error for outcome in outcomes), "columns": actions.COLUMNS,
    }  # fmt: skip
    return render(request, "groups/roster_import.html", context)
