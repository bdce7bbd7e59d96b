"""The queue of reports: oldest first, each decided on a page that shows what was reported in full."""

from __future__ import annotations

import copy

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from initiatives.actions import reports as actions
from initiatives.choices import ReportState
from initiatives.errors import NotPossibleNow
from initiatives.forms.reports import DecisionForm
from initiatives.models import Report
from initiatives.models.initiative import TEXT_FIELDS
from initiatives.notifications.comments import author_letter, reporter_letter
from iqn.access import ensure
from iqn.administration.site import RulesModelAdmin, acting_person
from iqn.dates import date_element
from iqn.typography import shortened

RELATED = (
    "initiative__author__user", "initiative__lead_organization", "comment__author__user", "reporter__user", "decided_by",
)  # fmt: skip


class WhichReports(admin.SimpleListFilter):
    """Without a choice: what waits for staff."""

    title = _("state")
    parameter_name = "which"

    def lookups(self, request, model_admin):
        return [
            (ReportState.UPHELD, ReportState.UPHELD.label),
            (ReportState.DISMISSED, ReportState.DISMISSED.label),
        ]

    def choices(self, changelist):
        waiting, *rest = super().choices(changelist)
        yield {**waiting, "display": ReportState.OPEN.label}
        yield from rest

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value() if self.value() in ReportState.values else ReportState.OPEN)


@admin.register(Report)
class ReportAdmin(RulesModelAdmin):
    list_display = ("about", "wrong", "reported_by", "waiting")
    list_display_links = None
    list_filter = (WhichReports,)
    list_select_related = RELATED
    ordering = ("created_at", "pk")
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": gettext("Reports"), **(extra_context or {})})

    @admin.display(description=pgettext_lazy("column", "what is reported"))
    def about(self, row):
        what = row.initiative.title
        if row.comment:
            what = gettext("Comment by %(name)s on %(title)s") % {"name": row.comment.author, "title": what}
        url = reverse("admin:initiatives_report_change", args=[row.pk])
        return format_html('<a href="{}"><strong>{}</strong></a><br>{}', url, what, row.initiative.identifier)

    @admin.display(description=_("reason"))
    def wrong(self, row):
        shown = shortened(row.text, 160)
        return format_html("{}<br>{}", row.get_reason_display(), shown)

    @admin.display(description=pgettext_lazy("column", "reported by"))
    def reported_by(self, row):
        return row.reporter.name

    @admin.display(description=_("waiting since"))
    def waiting(self, row):
        if not row.is_open:
            return format_html("{}<br>{}", row.get_state_display(), date_element(row.decided_at))
        return format_html(
            '<time datetime="{}">{}</time>',
            row.created_at.isoformat(timespec="seconds"),
            timesince(row.created_at, depth=1),
        )

    # --- One report

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        report = self._fetch(request, object_id)
        ensure(request.user.has_perm("initiatives.decide_report", report))
        form = self._form(request, report)
        letters = []
        if form is not None and form.is_valid():
            if "preview" in request.POST:
                letters = _letters(report, form.values())
            else:
                return self._decide(request, report, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Report about the initiative %(identifier)s")
            % {"identifier": report.initiative.identifier},
            "report": report,
            "age": timesince(report.created_at, depth=1),
            "texts": _texts(report),
            "others": [
                each for each in actions.same_target(report).select_related("reporter") if each != report
            ],
            "earlier": _earlier(report),
            "form": form,
            "letters": letters,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/initiatives/report/decision.html", context)

    def _fetch(self, request: HttpRequest, object_id: str) -> Report:
        rows = Report.objects.visible_to(request.user).select_related(*RELATED)
        return get_object_or_404(rows, pk=object_id if str(object_id).isdecimal() else 0)

    def _form(self, request: HttpRequest, report: Report) -> DecisionForm | None:
        """None once the report is decided."""
        if not report.is_open:
            return None
        return DecisionForm(
            request.POST if request.method == "POST" else None,
            decisions=actions.possible_decisions(report),
            reason=report.reason,
        )

    def _decide(self, request: HttpRequest, report: Report, form: DecisionForm) -> HttpResponse:
        try:
            actions.decide_report(report=report, by=acting_person(request), **form.values())
        except NotPossibleNow:
            messages.warning(
                request, gettext("The report or the comment changed meanwhile. Look again before deciding.")
            )
            return HttpResponseRedirect(request.path)
        messages.success(request, gettext("Decided. The outcome is mailed to both sides."))
        return HttpResponseRedirect(reverse("admin:initiatives_report_changelist"))


def _letters(report: Report, values: dict[str, str]) -> list[dict]:
    """What would be mailed, each letter in the language of its reader."""
    decided = copy.copy(report)
    decided.outcome_en, decided.outcome_fr = values["outcome_en"], values["outcome_fr"]
    readers = [(report.reporter, reporter_letter, gettext("To the reporter: %(name)s"))]
    if report.target_author is not None:
        readers.append((report.target_author, author_letter, gettext("To the author: %(name)s")))
    letters = []
    for person, write, heading in readers:
        with translation.override(person.language):
            letter = write(decided)
        letters.append(
            {"letter": letter, "language": person.language, "heading": heading % {"name": person.name}}
        )
    return letters


def _texts(report: Report) -> list[tuple[str, str]]:
    """Everything that the reported initiative says in words: (label, text)."""
    if report.comment_id:
        return []
    fields = [
        (report.initiative._meta.get_field(name).verbose_name, getattr(report.initiative, name))
        for name in TEXT_FIELDS
    ]
    return [(label, text) for label, text in fields if text]


def _earlier(report: Report):
    """Outcomes of decided reports about the same thing, the newest first."""
    rows = Report.objects.exclude(state=ReportState.OPEN).exclude(pk=report.pk)
    return rows.filter(initiative=report.initiative_id, comment=report.comment_id).order_by(
        "-decided_at", "-pk"
    )[:10]
