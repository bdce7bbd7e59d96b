"""Groups and functions as staff keep them. Seats and terms change on the roster's pages, here they are only looked up."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iqn.administration.official import OfficialTextAdmin, pair
from iqn.administration.site import RulesModelAdmin
from iqn.history.official_texts import add_official_text, change_official_text
from workgroups.groups.models import Function, Group, Seat, Term, TermsOfReference


class _OfficialAdmin(OfficialTextAdmin):
    def add(self, *, by, row):
        return add_official_text(by=by, row=row)

    def change(self, *, by, row, stamp, values):
        return change_official_text(by=by, row=row, stamp=stamp, values=values)


@admin.register(Function)
class FunctionAdmin(_OfficialAdmin):
    list_display = ("name", "order", "is_retired")
    fieldsets = ((None, {"fields": (pair("name"), "order", "is_retired", "slug")}),)


@admin.register(Group)
class GroupAdmin(_OfficialAdmin):
    """A group begins here; from then on those who run it edit it on its pages."""

    list_display = ("code", "name", "kind", "status", "founded")
    list_filter = ("kind", "status")
    search_fields = ("code", "sort_name_en", "sort_name_fr")
    fixed = ("slug", "code", "kind", "status")
    fieldsets = (
        (None, {"fields": (("code", "slug", "kind", "status"), pair("name"), pair("mandate"))}),
        (
            _("More"),
            {"fields": ("founded", "jurisdiction", "time_zone", ("contact", "contact_email"), "order")},
        ),
    )


class _LookedUp(RulesModelAdmin):
    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Seat)
class SeatAdmin(_LookedUp):
    list_display = ("__str__", "group", "stakeholder_type", "scope", "since", "until")
    list_filter = ("group", "stakeholder_type")
    list_select_related = ("group", "organization", "stakeholder_type")


@admin.register(Term)
class TermAdmin(_LookedUp):
    list_display = ("person", "seat", "role", "since", "until")
    list_filter = ("role", "seat__group")
    list_select_related = ("person", "seat__organization", "seat__stakeholder_type")
    search_fields = ("person__sort_name",)


@admin.register(TermsOfReference)
class TermsOfReferenceAdmin(_LookedUp):
    list_display = ("group", "number", "adopted_on", "review_by")
    list_filter = ("group",)
