"""Reusable reasons for a "no": a pair of texts that is never kept half, resting on one clause."""

from __future__ import annotations

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from iqn.administration.site import RulesModelAdmin
from iqn.history.recording import record
from iqn.pages.models import Clause, Guideline
from members.models import DeclineReason


class DeclineReasonForm(forms.ModelForm):
    class Meta:
        model = DeclineReason
        fields = ("key", "clause", "title_en", "title_fr", "text_en", "text_fr", "order", "is_retired")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title_en", "title_fr", "text_en", "text_fr"):
            self.fields[name].required = True
        in_force = Clause.objects.filter(guideline=Guideline.MEMBERSHIP, is_repealed=False)
        self.fields["clause"] = forms.ChoiceField(
            label=_("Clause of the guidelines"), choices=[(clause.number, str(clause)) for clause in in_force]
        )


@admin.register(DeclineReason)
class DeclineReasonAdmin(RulesModelAdmin):
    form = DeclineReasonForm
    list_display = ("title", "clause", "is_in_both_languages", "is_retired")
    fields = ("key", "clause", "title_en", "title_fr", "text_en", "text_fr", "order", "is_retired")

    @admin.display(description=_("in both languages"), boolean=True)
    def is_in_both_languages(self, reason: DeclineReason) -> bool:
        return reason.is_complete_in_both

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        record(
            by=getattr(request.user, "person", None), verb="members.decline_reason_saved", target=obj, for_staff=True,
            phrase=_("%(actor)s saved the reason “%(title)s”."), title=lambda: str(obj),
        )  # fmt: skip
