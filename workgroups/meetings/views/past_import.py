"""Bringing in meetings and decisions of the past from CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from iqn.access import ensure
from members.choices import Language
from workgroups.groups.choices import Part
from workgroups.groups.views.csv_import import csv_import
from workgroups.meetings.actions import past_import as actions
from workgroups.meetings.choices import DecisionKind, Mode
from workgroups.meetings.views.fetching import group_of_address, group_trail


@require_http_methods(["GET", "HEAD", "POST"])
def past_import(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_of_address(request, slug)
    ensure(request.user.has_perm("meetings.import_past", group))
    return csv_import(
        request, group, sheet=actions.SHEET, dry_run=actions.dry_run, apply=actions.apply,
        template="meetings/past_import.html", back=reverse("meetings:list", args=[group.slug]),
        trail=group_trail(group),
        takes={
            "kind": (actions.MEETING, actions.DECISION), "mode": Mode.values, "how": DecisionKind.values,
            "language": Language.values, "visibility": Part.values,
        },
    )  # fmt: skip
