"""Staff's page of an initiative: tags and notes, and the decision on a first posting. Texts are edited in the portal."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from initiatives.actions import initiatives as actions
from initiatives.choices import PostState
from initiatives.errors import NotPossibleNow, ReasonNotUsable, StaleVersion
from initiatives.forms.staff import DESCRIBED, DescriptionForm, HideInitiativeForm, ReturnForm
from initiatives.models import Initiative
from initiatives.presenting import for_page, presented
from iqn.administration.site import RulesModelAdmin, acting_person
from iqn.dates import datetime_element
from iqn.numbers import whole_number


class PostingStateFilter(admin.ChoicesFieldListFilter):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("state of the posting")


@admin.register(Initiative)
class InitiativeAdmin(RulesModelAdmin):
    form = DescriptionForm
    list_display = (
        "public_identifier",
        "title",
        "posting_state",
        "since",
        "status",
        "lead_organization",
        "is_imported",
        "confidence",
    )
    list_display_links = ("public_identifier", "title")
    list_filter = (
        ("state", PostingStateFilter),
        "status",
        "confidence",
        "visibility",
        ("author", admin.EmptyFieldListFilter),
    )
    list_select_related = ("lead_organization",)
    search_fields = ("title", "summary", "translations__title")
    ordering = ("-state_since",)
    raw_id_fields = ("replaced_by",)
    readonly_fields = ("public_identifier", "title", "where", "posting_state", "since", "decision")
    fields = ("stamp", *readonly_fields, *DESCRIBED)
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    change_form_template = "admin/initiatives/initiative_change.html"

    def get_queryset(self, request: HttpRequest):
        rows = Initiative.objects.visible_to(request.user)  # nobody's drafts
        return rows.exclude(state=PostState.DRAFT).defer("search_vector", "search_text")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "jurisdictions":  # all of Canada is a box of its own
            field.queryset = field.queryset.exclude(code="CA")
        return field

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        title = {"title": _("Change the initiative")}
        return super().change_view(request, object_id, form_url, {**title, **(extra_context or {})})

    @admin.display(description=gettext_lazy("Identifier"), ordering="number")
    def public_identifier(self, initiative: Initiative) -> str:
        return initiative.identifier

    @admin.display(description=gettext_lazy("State of the posting"), ordering="state")
    def posting_state(self, initiative: Initiative) -> str:
        return initiative.get_state_display()

    @admin.display(description=pgettext_lazy("since when a state holds", "Since"), ordering="state_since")
    def since(self, initiative: Initiative) -> str:
        return datetime_element(initiative.state_since)

    @admin.display(description=gettext_lazy("Text of the decision"))
    def decision(self, initiative: Initiative) -> str:
        return initiative.decision_text

    @admin.display(description=gettext_lazy("In the portal"))
    def where(self, initiative: Initiative) -> str:
        links = [(initiative.get_absolute_url(), _("Read it"))]
        if initiative.is_imported:
            links.append((reverse("initiatives:edit", args=[initiative.identifier]), _("Edit the text")))
        return format_html(
            " · ".join(["<a href='{}'>{}</a>"] * len(links)), *[part for link in links for part in link]
        )

    @admin.display(description=gettext_lazy("imported"), boolean=True)
    def is_imported(self, initiative: Initiative) -> bool:
        return initiative.is_imported

    def save_model(self, request: HttpRequest, obj: Initiative, form: DescriptionForm, change: bool) -> None:
        """The action saves; the form has made sure that nobody was faster, the action makes sure again."""
        try:
            actions.describe(
                initiative=obj,
                by=acting_person(request),
                values=form.values(),
                version=int(form.current_stamp),
            )
        except StaleVersion:
            messages.error(request, _("Somebody else saved in the meantime. Nothing was changed."))

    def save_related(self, request, form, formsets, change) -> None:
        """Relations were saved by the action."""

    def log_change(self, request, obj, message) -> None:
        """The portal's own history tells it."""

    def get_urls(self):
        def page(address: str, view, name: str):
            return path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(view),
                name=f"initiatives_initiative_{name}",
            )

        return [
            page("review", self.review, "review"),
            page("publish", self.publish, "publish"),
            page("hide", self.hide, "hide"),
            page("restore", self.restore, "restore"),
            *super().get_urls(),
        ]

    def _initiative(self, request: HttpRequest, pk: int, permission: str) -> Initiative:
        initiative = get_object_or_404(for_page(self.get_queryset(request)), pk=pk)
        if not request.user.has_perm(permission, initiative):
            raise PermissionDenied
        return initiative

    def _page(
        self, request: HttpRequest, template: str, title: str, initiative: Initiative, **context
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), **presented(request, initiative), "opts": self.opts,
            "title": title, **context,
        }  # fmt: skip
        return render(request, f"admin/initiatives/{template}", context)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The posting as readers would see it, and the two ways to decide. POST returns it with a reason."""
        initiative = self._initiative(request, pk, "initiatives.review_initiative")
        if not initiative.waits_for_review:
            return redirect("admin:initiatives_initiative_change", pk)
        form = ReturnForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._decide(
                    request, pk, actions.return_with_reason, _("Returned to its author, who is told why by mail."),
                    initiative=initiative, version=_version(request), **form.cleaned_data,
                )  # fmt: skip
            except ReasonNotUsable:
                form.add_error(
                    "reason",
                    _("Its text or its clause of the guidelines is missing in the author’s language."),
                )
        title = _("Read and decide: %(title)s") % {"title": initiative.title}
        return self._page(request, "initiative_review.html", title, initiative, form=form)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        initiative = self._initiative(request, pk, "initiatives.review_initiative")
        if request.method != "POST":
            return redirect("admin:initiatives_initiative_review", pk)
        return self._decide(
            request, pk, actions.publish, _("Published; its author is told by mail."),
            initiative=initiative, version=_version(request),
        )  # fmt: skip

    def hide(self, request: HttpRequest, pk: int) -> HttpResponse:
        initiative = self._initiative(request, pk, "initiatives.hide_initiative")
        form = HideInitiativeForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._decide(
                request, pk, actions.hide, _("Hidden; its author is told why by mail."),
                initiative=initiative, **form.cleaned_data,
            )  # fmt: skip
        title = _("Hide: %(title)s") % {"title": initiative.title}
        return self._page(request, "initiative_hide.html", title, initiative, form=form)

    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        initiative = self._initiative(request, pk, "initiatives.hide_initiative")
        if request.method != "POST":
            return redirect("admin:initiatives_initiative_change", pk)
        return self._decide(request, pk, actions.restore, _("Shown again."), initiative=initiative)

    def _decide(self, request: HttpRequest, pk: int, action, said: str, **values) -> HttpResponse:
        try:
            action(by=acting_person(request), **values)
        except StaleVersion:
            messages.warning(
                request, _("Its author changed it while you were reading. Please read it again.")
            )
            return redirect("admin:initiatives_initiative_review", pk)
        except NotPossibleNow:
            messages.warning(request, _("Somebody else decided first. This is how it stands now."))
        else:
            messages.success(request, said)
        return redirect("admin:initiatives_initiative_change", pk)


def _version(request: HttpRequest) -> int:
    """Which version was on the page; 0, which never was, where the form does not say."""
    return whole_number(request.POST.get("version"))
