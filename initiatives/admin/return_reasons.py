"""Reusable reasons for returning a posting: a pair of texts that is never kept half, resting on one clause."""

from __future__ import annotations

from django.contrib import admin

from initiatives.models import ReturnReason
from iqn.administration.official import OfficialTextAdmin, pair
from iqn.history.official_texts import add_official_text, change_official_text
from iqn.pages.forms import ReasonForm
from iqn.pages.models import Guideline


class ReturnReasonForm(ReasonForm):
    guideline = Guideline.POSTING


@admin.register(ReturnReason)
class ReturnReasonAdmin(OfficialTextAdmin):
    form = ReturnReasonForm
    list_display = ("title", "clause", "is_in_step", "is_retired")
    list_filter = ("is_retired",)
    fixed = ("key",)
    fieldsets = ((None, {"fields": ("key", "clause", pair("title"), pair("text"), "order", "is_retired")}),)

    def add(self, *, by, row):
        return add_official_text(by=by, row=row)

    def change(self, *, by, row, stamp, values):
        return change_official_text(by=by, row=row, stamp=stamp, values=values)
