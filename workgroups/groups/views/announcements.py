"""Writing to everybody on a roster, and what was written before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from iqn.paging import page_of
from workgroups.groups.actions import announcements as actions
from workgroups.groups.deliveries import deliveries_of
from workgroups.groups.errors import GroupError
from workgroups.groups.forms.announcements import AnnouncementForm
from workgroups.groups.views.finding import group_or_404, trail_to

ON_A_PAGE = 10


@require_safe
def announcement_list(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.view_announcements", group))
    page = page_of(
        group.announcements.select_related("sent_by"), request.GET.get("page"), size=ON_A_PAGE
    )  # fmt: skip
    deliveries = deliveries_of(page.object_list)
    context = {
        "group": group,
        "rows": [(row, deliveries[row.pk]) for row in page.object_list],
        "page_obj": page,
        "may_announce": request.user.has_perm("groups.announce", group),
        "trail": trail_to(group),
    }
    return render(request, "groups/announcement_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def announcement_create(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.announce", group))
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            announcement = actions.announce(by=request.user.person, group=group, **form.cleaned_data)
        except GroupError as refusal:
            form.add_error(None, str(refusal))
        else:
            count = announcement.letters
            said = ngettext("It goes to %(count)s person.", "It goes to %(count)s people.", count)
            messages.success(request, said % {"count": count})
            return redirect("groups:announcement-list", slug=group.slug)
    address = reverse("groups:announcement-list", args=[group.slug])
    context = {
        "group": group, "form": form, "reached": actions.reached(group),
        "trail": trail_to(group, (_("Announcements"), address)),
    }  # fmt: skip
    return render(request, "groups/announcement_create.html", context)
