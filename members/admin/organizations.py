"""Organizations and who works where, as staff keep them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iqn.administration.official import OfficialTextAdmin, OfficialTextForm, pair
from iqn.administration.site import RulesModelAdmin
from members.actions import affiliations, organizations
from members.errors import HalfNamed
from members.models import Affiliation, Organization


class OrganizationForm(OfficialTextForm):
    def may_be_half(self) -> bool:
        """Members name an organization in one language; staff add the other when they confirm it."""
        return not self.cleaned_data.get("is_confirmed")


@admin.register(Organization)
class OrganizationAdmin(OfficialTextAdmin):
    form = OrganizationForm
    list_display = ("name", "acronym", "kind", "jurisdiction", "is_confirmed", "is_in_step")
    list_filter = ("is_confirmed", "kind", "jurisdiction")
    list_select_related = ("kind", "jurisdiction")
    search_fields = ("search_text", "slug")
    ordering = ("is_confirmed", "sort_name_en")
    actions = ("confirm",)
    formfield_overrides = {models.URLField: {"form_class": partial(forms.URLField, assume_scheme="https")}}
    fieldsets = (
        (None, {"fields": ("is_confirmed", pair("name"), pair("acronym"), ("kind", "jurisdiction"))}),
        (_("More"), {"fields": ("website", "former_names", "slug")}),
    )

    def add(self, *, by, row):
        return organizations.add(by=by, organization=row)

    def change(self, *, by, row, stamp, values):
        return organizations.change(by=by, organization=row, stamp=stamp, values=values)

    @admin.action(description=_("Confirm the chosen organizations"), permissions=["change"])
    def confirm(self, request, queryset) -> None:
        count = 0
        for organization in queryset.filter(is_confirmed=False):
            try:
                organizations.confirm(by=getattr(request.user, "person", None), organization=organization)
            except HalfNamed as refusal:
                messages.warning(request, str(refusal))
            else:
                count += 1
        text = ngettext("%(count)s organization confirmed.", "%(count)s organizations confirmed.", count)
        messages.success(request, text % {"count": count})


@admin.register(Affiliation)
class AffiliationAdmin(RulesModelAdmin):
    """Staff put right what was typed wrongly; people change their employer themselves."""

    list_display = ("person", "organization", "title", "since", "until")
    list_select_related = ("person", "organization")
    search_fields = ("person__sort_name", "organization__search_text")
    readonly_fields = ("person", "organization")
    fields = ("person", "organization", "title", ("since", "until"))

    def save_model(self, request, obj, form, change) -> None:
        values = {name: form.cleaned_data[name] for name in ("title", "since", "until")}
        affiliations.correct(by=getattr(request.user, "person", None), affiliation=obj, **values)  # type: ignore[arg-type]
