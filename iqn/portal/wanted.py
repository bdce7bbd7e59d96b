"""Which official texts want a translation, over all models that have any, oldest first, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from django.db.models import CharField, Count, F, Value, Window
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from iqn.bilingual import LANGUAGES, MISSING, OfficialText, WantedTranslation, official_models


@dataclass(frozen=True)
class WantedText:
    """One column of one row that staff should write."""

    row: OfficialText
    wanted: WantedTranslation
    since: datetime | None  # None: nothing is wanted, somebody came by to improve the text

    @property
    def title(self) -> str:
        """What the text reads like in the language that is there."""
        return shorten(getattr(self.row, self.wanted.source_column) or "", 120, placeholder=" …")

    @property
    def detail(self) -> str:
        kind = capfirst(self.row._meta.verbose_name)
        field = self.row._meta.get_field(self.wanted.field).verbose_name
        return f"{kind}, {field}. {self.problem}"

    @property
    def problem(self) -> str:
        missing = self.wanted.problem == MISSING
        if self.wanted.language == "fr":
            return (
                _("The French is missing.") if missing else _("The English has changed, the French has not.")
            )
        return _("The English is missing.") if missing else _("The French has changed, the English has not.")

    @property
    def url(self) -> str:
        return reverse(
            "portal:queue-translation",
            kwargs={"model": self.row._meta.label_lower, "pk": self.row.pk, "column": self.wanted.column},
        )


def models_by_name() -> dict[str, type[OfficialText]]:
    return {model._meta.label_lower: model for model in official_models()}


def wanted_texts(limit: int) -> tuple[list[WantedText], int]:
    """The oldest rows that want something (each with the first text it wants), and how many rows there are."""
    models = models_by_name()
    parts = [_part(name, model, limit) for name, model in sorted(models.items())]
    found, counts = [], {}
    for name, pk, since, count, columns in parts[0].union(*parts[1:], all=True):
        counts[name] = count
        row = models[name](pk=pk, **columns)
        wanted = next(row.wanted_translations(), None)
        if wanted is not None:
            found.append(WantedText(row, wanted, since))
    found.sort(key=lambda text: (text.since, text.row._meta.label_lower, text.row.pk))
    return found[:limit], sum(counts.values())


def _part(name: str, model: type[OfficialText], limit: int):
    columns = {
        f"{field}_{language}": F(f"{field}_{language}")
        for field in model.official_fields
        for language in LANGUAGES
    }
    return (
        model._default_manager.wanting_translation()
        .annotate(
            its_model=Value(name, output_field=CharField()),
            waiting_in_all=Window(Count("pk")),
            columns=JSONObject(translation_state=F("translation_state"), **columns),
        )
        .values_list("its_model", "pk", "translation_wanted_since", "waiting_in_all", "columns")[:limit]
    )
