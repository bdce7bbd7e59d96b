"""Where staff keep the vocabularies: names in both languages, never one alone."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iqn.administration.official import OfficialTextAdmin, pair
from iqn.history.official_texts import add_official_text, change_official_text
from iqn.reference import models
from iqn.reference.actions import note_codes_changed


class VocabularyAdmin(OfficialTextAdmin):
    list_display = ("name_en", "name_fr", "order", "is_retired")
    list_filter = ("is_retired",)
    search_fields = ("slug", "name_en", "name_fr")
    ordering = ("order", "slug")
    extra: tuple = ()

    def get_fieldsets(self, request, obj=None):
        return self.with_stamp(
            request, obj, ((None, {"fields": (pair("name"), *self.extra, "order", "is_retired", "slug")}),)
        )

    def add(self, *, by, row):
        return add_official_text(by=by, row=row)

    def change(self, *, by, row, stamp, values):
        return change_official_text(by=by, row=row, stamp=stamp, values=values)


@admin.register(models.Stage, models.InitiativeType, models.Benefit)
class PlainAdmin(VocabularyAdmin):
    pass


@admin.register(models.Jurisdiction)
class JurisdictionAdmin(VocabularyAdmin):
    extra = ("code",)
    fixed = ("slug", "code")


@admin.register(models.StakeholderType)
class StakeholderTypeAdmin(VocabularyAdmin):
    extra = ("counts_on_roster",)


@admin.register(models.Pillar)
class PillarAdmin(VocabularyAdmin):
    extra = (pair("description"),)


class CodeInline(admin.TabularInline):
    model = models.OccupationCode
    extra = 0
    verbose_name = _("code of the National Occupational Classification")
    verbose_name_plural = _("codes of the National Occupational Classification")

    def has_add_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("reference.add_occupationcode")

    def has_change_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("reference.change_occupationcode")

    has_view_permission = has_delete_permission = has_change_permission


@admin.register(models.Occupation)
class OccupationAdmin(VocabularyAdmin):
    extra = ("family",)
    inlines = (CodeInline,)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            note_codes_changed(by=getattr(request.user, "person", None), occupation=form.instance)
