"""Several decisions at once: a page that lists the names and shows the very letters, then one button."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iqn.access import ensure
from iqn.administration.site import acting_person
from members import hints, notifications
from members.actions import applications
from members.actions.applications import Several
from members.admin.decisions import FOLDER, decline_options
from members.forms.decisions import DeclineForm
from members.models import MembershipApplication


class BulkDecisions:
    """Mixed into the admin of applications. Returning None leads back to the list."""

    def changelist_view(self, request: HttpRequest, extra_context=None):
        """Django looks ticked rows up as they come: what is no number is left out first."""
        if request.method == "POST":
            sent = request.POST.copy()
            ticked = sent.getlist(ACTION_CHECKBOX_NAME)
            sent.setlist(ACTION_CHECKBOX_NAME, [pk for pk in ticked if pk.isdecimal() and len(pk) < 18])
            request.POST = sent  # type: ignore[assignment] # Django's admin reads it from here
        return super().changelist_view(request, extra_context)

    @admin.action(description=gettext_lazy("Approve selected"))
    def approve_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        rows = self._chosen(request, queryset)
        if "confirmed" in request.POST:
            self._say(
                request,
                applications.approve_many(applications=rows, by=acting_person(request)),
                approved=True,
            )
            return None
        letters = [
            {"row": row, "hints": found, "letter": notifications.preview(notifications.APPROVED, row)}
            for row, found in self._with_hints(rows)
        ]
        return self._page(request, rows, "approve_selected", _("Approve these applications"), letters=letters)

    @admin.action(description=gettext_lazy("Decline selected"))
    def decline_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        rows = self._chosen(request, queryset)
        form = DeclineForm(request.POST) if "confirmed" in request.POST else DeclineForm()
        if form.is_bound and form.is_valid():
            result = applications.decline_many(
                applications=rows, by=acting_person(request), **form.cleaned_data
            )
            self._say(request, result, approved=False)
            return None
        people = [{"row": row, "hints": found} for row, found in self._with_hints(rows)]
        return self._page(
            request, rows, "decline_selected", _("Decline these applications"),
            letters=people, form=form, options=decline_options(rows, form),
        )  # fmt: skip

    def _chosen(self, request: HttpRequest, queryset: QuerySet) -> list[MembershipApplication]:
        """On the second page the ticked ones again, whatever the list's filter hides by now."""
        if "confirmed" in request.POST:
            queryset = self.get_queryset(request).filter(pk__in=request.POST.getlist(ACTION_CHECKBOX_NAME))
        rows = list(queryset.select_related("person__user", "organization__kind", "jurisdiction"))
        for row in rows:
            ensure(request.user.has_perm("members.decide_application", row))
        return rows

    def _with_hints(self, rows: list[MembershipApplication]):
        found = hints.hints_for(rows)
        return [(row, found[row.pk]) for row in rows]

    def _page(
        self, request: HttpRequest, rows: list[MembershipApplication], action: str, title: str, **extra: Any
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "action": action,
            "count": len(rows),
            **extra,
        }
        return TemplateResponse(request, f"{FOLDER}/{action}.html", context)

    def _say(self, request: HttpRequest, result: Several, *, approved: bool) -> None:
        count = len(result.done)
        if approved:
            said = ngettext("%(count)s application approved.", "%(count)s applications approved.", count)
        else:
            said = ngettext("%(count)s application declined.", "%(count)s applications declined.", count)
        if count:
            messages.success(request, said % {"count": count})
        for row, refusal in result.refused:
            messages.warning(request, f"{row.person.name}: {refusal}")
