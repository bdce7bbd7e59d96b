"""The queue of applications: oldest first, hints beside each, decisions from the list."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.forms import CheckboxInput
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iqn import dates
from iqn.administration.site import RulesModelAdmin
from iqn.history.models import Event
from iqn.typography import shortened
from members import hints, transitions
from members.admin.bulk import BulkDecisions
from members.admin.decisions import DecisionPages
from members.choices import MembershipState
from members.forms.decisions import NoteForm
from members.models import MembershipApplication

REASON_SHOWN = 300  # characters in the list


class Whose(admin.SimpleListFilter):
    """Without a choice: what waits for staff."""

    title = _("who acts next")
    parameter_name = "whose"
    STATES = {
        None: (MembershipState.APPLIED,),
        "applicant": (MembershipState.NEEDS_INFORMATION,),
        "decided": (MembershipState.APPROVED, MembershipState.DECLINED, MembershipState.LEFT),
        "all": tuple(MembershipState),
    }

    def lookups(self, request, model_admin):
        return [
            ("applicant", _("The applicant: a question is open")),
            ("decided", _("Nobody: decided or left")),
            ("all", _("All applications")),
        ]

    def choices(self, changelist):
        first = {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Staff: waiting for a decision"),
        }
        yield first
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        return queryset.filter(state__in=self.STATES[self.value() if self.value() in self.STATES else None])


class QueueChangeList(ChangeList):
    def get_results(self, request) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        found = hints.hints_for(rows)
        for row in rows:
            row.hints = found[row.pk]
            row.is_ticked = getattr(request, "tick_all", False)
        self.result_list = rows


@admin.register(MembershipApplication)
class ApplicationAdmin(DecisionPages, BulkDecisions, RulesModelAdmin):
    list_display = ("applicant", "application", "waiting", "steps")
    list_display_links = None
    list_filter = (Whose,)
    list_select_related = ("person__user", "organization__kind", "jurisdiction", "occupation")
    search_fields = ("person__name", "person__user__email", "organization__name_en", "organization__name_fr")
    search_help_text = _("Name, address or organization")
    ordering = ("state_since", "pk")
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ("approve_selected", "decline_selected")

    def has_add_permission(self, request) -> bool:
        """Applications are made by applicants, not even superusers make them here."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Changed by the steps of its life, never field by field."""
        return False

    def get_changelist(self, request, **kwargs):
        return QueueChangeList

    def changelist_view(self, request, extra_context=None):
        """`?tick=all` is what "select all" leads to where no script runs."""
        request.GET = request.GET.copy()
        request.tick_all = request.GET.pop("tick", None) == ["all"]
        return super().changelist_view(
            request, {"title": gettext("Applications for membership"), **(extra_context or {})}
        )

    # --- Columns

    @admin.display(description=pgettext_lazy("column", "applicant"))
    def applicant(self, row):
        url = reverse("admin:members_membershipapplication_change", args=[row.pk])
        address = row.person.user.email if row.person.user else gettext("no account any more")
        return format_html(
            '<a href="{}"><strong>{}</strong></a><br>{}<span class="noticed">{}</span>',
            url, row.person.name, address, _tags(row.hints),
        )  # fmt: skip

    @admin.display(description=pgettext_lazy("column", "application"))
    def application(self, row):
        shown = shortened(row.reason, REASON_SHOWN)
        return format_html(
            '<strong>{}</strong>, {}<br>{}<span class="said" lang="{}">{}</span>',
            row.organization, row.jurisdiction, row.role_title, row.language, shown,
        )  # fmt: skip

    @admin.display(description=_("waiting since"))
    def waiting(self, row):
        if not row.is_waiting:
            return format_html("{}<br>{}", row.get_state_display(), dates.date_element(row.state_since))
        age = format_html(
            '<time datetime="{}">{}</time>',
            row.state_since.isoformat(timespec="seconds"),
            _age(row.state_since),
        )
        if row.act_by and row.act_by < timezone.localdate():
            return format_html('{} <span class="tag tag--warn">{}</span>', age, gettext("late"))
        return age

    @admin.display(description=pgettext_lazy("column", "next step"))
    def steps(self, row):
        links = [(url, label, row.person.name) for label, url in self.possible_steps(row)]
        return format_html_join(
            " ", '<a class="step" href="{}">{}<span class="visually-hidden"> {}</span></a>', links
        )

    def action_checkbox(self, row):
        label = gettext("Select %(name)s") % {"name": row.person.name}
        box = CheckboxInput(
            {"class": "action-select", "aria-label": label},
            check_test=lambda value: getattr(row, "is_ticked", False),
        )
        return box.render("_selected_action", str(row.pk))

    # --- One application

    def change_view(self, request, object_id, form_url="", extra_context=None):
        application = self.application_or_404(request, object_id)
        context = self.page_context(
            request,
            application,
            title=application.person.name,
            steps=self.possible_steps(application),
            conversation=application.messages.select_related("author"),
            earlier=MembershipApplication.objects.filter(person=application.person_id)
            .exclude(pk=application.pk)
            .select_related("organization")
            .order_by("-submitted_at"),
            story=Event.objects.about(application).visible_to(request.user),
            note_form=NoteForm(),
            still_waiting=MembershipApplication.objects.waiting_for_staff()
            .exclude(pk=application.pk)
            .count(),
            next_step=transitions.NEXT_STEPS[application.state],
        )
        return TemplateResponse(request, "admin/members/membershipapplication/application.html", context)


def _age(since) -> str:
    """3 days, 2 hours; shorter than a minute is now."""
    return (
        timesince(since, depth=1) if timezone.now() - since >= timedelta(minutes=1) else gettext("just now")
    )


def _tags(found: list[hints.Hint]):
    return format_html_join(
        " ", '<span class="tag tag--{}">{}</span>', ((hint.tone, hint.text) for hint in found)
    )
