"""Rows of official text in the admin: both languages side by side, never half of a pair, nobody's change lost."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iqn.administration.site import RulesModelAdmin
from iqn.administration.stamped import StampedForm
from iqn.bilingual import LANGUAGES, OfficialText, other_language

# What to say beside the empty half of a pair
WANTED = {
    "en": gettext_lazy("Write this in English too: an official text always stands in both languages."),
    "fr": gettext_lazy("Write this in French too: an official text always stands in both languages."),
}


def pair(field: str) -> tuple[str, str]:
    """The two columns of a field, for one row of a fieldset."""
    return f"{field}_en", f"{field}_fr"


class OfficialTextForm(StampedForm):
    """Refuses half a pair."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name.endswith(("_en", "_fr")):
                field.widget.attrs["lang"] = name[-2:]

    def stamp_of(self, row: OfficialText) -> str:
        return row.stamp

    def may_be_half(self) -> bool:
        """Is this a text that nobody sees yet?"""
        return False

    def clean(self) -> dict[str, Any]:
        if not self.may_be_half():
            self._refuse_half(self.cleaned_data)
        return super().clean()

    def _refuse_half(self, cleaned: dict[str, Any]) -> None:
        for field in self.instance.official_fields:
            for language in LANGUAGES:
                column, other = f"{field}_{language}", f"{field}_{other_language(language)}"
                optional = field in self.instance.optional_official_fields and not cleaned.get(other)
                if (
                    column in self.fields
                    and column not in self.errors
                    and not cleaned.get(column)
                    and not optional
                ):
                    self.add_error(column, WANTED[language])


class OfficialTextAdmin(RulesModelAdmin):
    """Subclasses say how a row is written: `add` and `change` call the owning app's actions."""

    form = OfficialTextForm
    list_filter: tuple = ()
    fixed: tuple[str, ...] = ("slug",)  # what is chosen once: addresses and names that other texts refer to

    def add(self, *, by, row: OfficialText) -> OfficialText:
        raise NotImplementedError

    def change(self, *, by, row: OfficialText, stamp: str, values: dict[str, Any]) -> OfficialText:
        raise NotImplementedError

    @admin.display(description=gettext_lazy("both languages agree"), boolean=True)
    def is_in_step(self, row: OfficialText) -> bool:
        return row.translation_wanted_since is None

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def get_fieldsets(self, request, obj=None):
        return self.with_stamp(request, obj, super().get_fieldsets(request, obj))

    def with_stamp(self, request, obj, fieldsets) -> list:
        """The hidden field goes along with every form that may be saved."""
        *before, (title, options) = fieldsets
        if not self.has_change_permission(request, obj):
            return list(fieldsets)
        return [*before, (title, {**options, "fields": (*options["fields"], "stamp")})]

    def get_object(self, request, object_id, from_field=None):
        """Saving happens in one transaction with this lock: two staff members cannot pass each other."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            type(row)._default_manager.select_for_update().get(pk=row.pk)
            row.refresh_from_db()
        return row

    def save_model(self, request, obj, form, change) -> None:
        by = getattr(request.user, "person", None)
        if not change:
            self.add(by=by, row=obj)
            return
        columns = {f.name for f in self.opts.concrete_fields}
        values = {name: form.cleaned_data[name] for name in form.changed_data if name in columns}
        self.change(by=by, row=obj, stamp=form.current_stamp, values=values)
        obj.refresh_from_db()
        if any(obj.wanted_translations()):
            messages.warning(
                request,
                _("One language has changed and the other has not: it now waits in the translation queue."),
            )
