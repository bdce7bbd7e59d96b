"""Where staff write the official texts."""

from __future__ import annotations

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iqn.administration.official import OfficialTextAdmin, OfficialTextForm, pair
from iqn.history.official_texts import add_official_text, change_official_text
from iqn.pages import actions
from iqn.pages.models import Clause, GlossaryTerm, Page


class PageForm(OfficialTextForm):
    def may_be_half(self) -> bool:
        return not self.cleaned_data.get("is_published", self.instance.is_published)


class _Written:
    """Clauses and terms need no more than the common way of saving."""

    def add(self, *, by, row):
        return add_official_text(by=by, row=row)

    def change(self, *, by, row, stamp, values):
        return change_official_text(by=by, row=row, stamp=stamp, values=values)


@admin.register(Page)
class PageAdmin(OfficialTextAdmin):
    form = PageForm
    list_display = (
        "title",
        "section",
        "is_published",
        "content_updated_on",
        "review_by_day",
        "is_in_step",
    )
    list_filter = ("section", "is_published")
    search_fields = ("key", "title_en", "title_fr")
    ordering = ("section", "order")
    fixed = ("key", "slug_en", "slug_fr")
    actions = ("confirm",)
    fieldsets = (
        (None, {"fields": ("is_published", pair("title"), pair("summary"), pair("body"))}),
        (
            _("Where it stands"),
            {
                "fields": ("key", pair("slug"), ("section", "order")),
                "description": _("Addresses are chosen once: other sites and letters refer to them."),
            },
        ),
        (_("When it is read again"), {"fields": (("confirmed_on", "review_months"),)}),
    )

    def add(self, *, by, row):
        return actions.add_page(by=by, page=row)

    def change(self, *, by, row, stamp, values):
        return actions.save_page(by=by, page=row, stamp=stamp, values=values)

    @admin.display(description=_("to be read again by"))
    def review_by_day(self, page: Page):
        return page.review_by

    @admin.action(description=_("Confirm that the chosen pages are still true"), permissions=["change"])
    def confirm(self, request, queryset) -> None:
        for page in queryset:
            actions.confirm_page(by=getattr(request.user, "person", None), page=page)
        text = ngettext("%(count)s page confirmed.", "%(count)s pages confirmed.", len(queryset))
        messages.success(request, text % {"count": len(queryset)})


@admin.register(Clause)
class ClauseAdmin(_Written, OfficialTextAdmin):
    list_display = ("number", "title", "guideline", "is_repealed")
    list_filter = ("guideline", "is_repealed")
    ordering = ("guideline", "order", "number")
    fixed = ("number", "guideline")
    fieldsets = (
        (None, {"fields": (("number", "guideline"), "order", pair("title"), pair("text"), "is_repealed")}),
    )


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(_Written, OfficialTextAdmin):
    list_display = ("term", "source")
    search_fields = ("term_en", "term_fr")
    fieldsets = ((None, {"fields": ("slug", pair("term"), pair("definition"), "source")}),)
