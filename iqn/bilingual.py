"""Official texts stand in pairs of columns (`title_en`, `title_fr`). Here: what is missing, what is out of date.

A pair is *in step* when both languages were last saved together (or somebody said that the other needs no change).
For each pair the model keeps the fingerprints of both texts at that moment. When one text changes alone, the other is
out of date; when one is empty, it is missing. `translation_wanted_since` is the moment since which something is wanting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from iqn.text import fingerprint

LANGUAGES = ("en", "fr")
MISSING, OUT_OF_DATE = "missing", "out_of_date"
NO_TEXT = fingerprint("")


def reading_language() -> str:
    """The language of the page or the letter that is being written."""
    return (get_language() or "en")[:2]


def other_language(language: str) -> str:
    return "fr" if language == "en" else "en"


def _both_are_new(before: dict[str, str], prints: dict[str, str]) -> bool:
    """Both changed together, or the one that was missing has been written."""
    return NO_TEXT in before.values() or all(before[x] != prints[x] for x in LANGUAGES)


@dataclass(frozen=True)
class WantedTranslation:
    """One field of one object in one language that staff should write."""

    field: str
    language: str
    problem: str  # MISSING or OUT_OF_DATE

    @property
    def source_language(self) -> str:
        return other_language(self.language)

    @property
    def column(self) -> str:
        return f"{self.field}_{self.language}"

    @property
    def source_column(self) -> str:
        return f"{self.field}_{self.source_language}"


class OfficialTextQuerySet(models.QuerySet):
    def wanting_translation(self):
        return self.filter(translation_wanted_since__isnull=False).order_by("translation_wanted_since", "pk")


class OfficialText(models.Model):
    """Abstract: a model some of whose fields are official text in both languages.

    `official_fields` names the fields (without language); all are registered for translation. Fields in
    `optional_official_fields` may be empty in both languages, never in one.
    """

    official_fields: tuple[str, ...] = ()
    optional_official_fields: tuple[str, ...] = ()

    translation_state = models.JSONField(default=dict, blank=True, editable=False)
    translation_wanted_since = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Normalizes its own columns only: what is wanting, and since when."""
        self.note_translation_state()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {
                *kwargs["update_fields"], "translation_state", "translation_wanted_since",
            }  # fmt: skip
        super().save(*args, **kwargs)

    def note_translation_state(self, *, now: datetime | None = None) -> None:
        state = {}
        for field in self.official_fields:
            texts = {lang: getattr(self, f"{field}_{lang}") or "" for lang in LANGUAGES}
            prints = {lang: fingerprint(text) for lang, text in texts.items()}
            before = self.translation_state.get(field)
            if before is None or not all(texts.values()) or _both_are_new(before, prints):
                state[field] = prints
            else:
                state[field] = before
        self.translation_state = state
        if any(self.wanted_translations()):
            self.translation_wanted_since = self.translation_wanted_since or now or timezone.now()
        else:
            self.translation_wanted_since = None

    def declare_in_step(self, *fields: str) -> None:
        """Somebody looked: the other language needs no change. Call before save()."""
        for field in fields or self.official_fields:
            self.translation_state[field] = {
                lang: fingerprint(getattr(self, f"{field}_{lang}") or "") for lang in LANGUAGES
            }

    def wanted_translations(self) -> Iterator[WantedTranslation]:
        for field in self.official_fields:
            texts = {lang: getattr(self, f"{field}_{lang}") or "" for lang in LANGUAGES}
            if not any(texts.values()):
                continue
            empty = [lang for lang in LANGUAGES if not texts[lang].strip()]
            if empty:
                yield WantedTranslation(field, empty[0], MISSING)
                continue
            before = self.translation_state.get(field)
            changed = [lang for lang in LANGUAGES if before and before[lang] != fingerprint(texts[lang])]
            if len(changed) == 1:
                yield WantedTranslation(field, other_language(changed[0]), OUT_OF_DATE)

    @property
    def stamp(self) -> str:
        """Changes with every change of the row: a form that carries an older one was filled in too late."""
        left_out = ("translation_state", "translation_wanted_since", "search_vector", "search_text")
        values = [
            f"{f.attname}={getattr(self, f.attname)}"
            for f in self._meta.concrete_fields
            if f.name not in left_out
        ]
        return fingerprint("\n".join(values))

    @property
    def is_complete_in_both(self) -> bool:
        """May this be published? Every official field stands in both languages (optional ones in both or none)."""
        for field in self.official_fields:
            filled = [bool((getattr(self, f"{field}_{lang}") or "").strip()) for lang in LANGUAGES]
            if not all(filled) and (any(filled) or field not in self.optional_official_fields):
                return False
        return True


def official_models() -> list[type[OfficialText]]:
    """Every concrete model with official text, for the translation queue."""
    found, todo = [], list(OfficialText.__subclasses__())
    while todo:
        model = todo.pop()
        todo += model.__subclasses__()
        if not model._meta.abstract and not model._meta.proxy:
            found.append(model)
    return sorted(found, key=lambda m: m._meta.label)
