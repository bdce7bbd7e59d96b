"""Bringing in a roster from CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from iqn.access import ensure
from iqn.reference.models import StakeholderType
from workgroups.groups.actions import roster_import as actions
from workgroups.groups.choices import Role, Scope
from workgroups.groups.views.csv_import import csv_import
from workgroups.groups.views.finding import group_or_404, roster_trail


@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.import_roster", group))
    return csv_import(
        request, group, sheet=actions.SHEET, dry_run=actions.dry_run, apply=actions.apply,
        template="groups/roster_import.html", back=reverse("groups:roster", args=[group.slug]),
        trail=roster_trail(group),
        takes={
            "type": StakeholderType.objects.filter(is_retired=False), "scope": Scope.values, "role": Role.values,
        },
    )  # fmt: skip
