"""Puts plain values into an initiative, its relations and its translation; says which fields changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from initiatives.actions import indexing
from initiatives.errors import StaleVersion
from initiatives.models import Initiative, InitiativeTranslation
from initiatives.models.initiative import RELATIONS, STATEMENTS, TEXT_FIELDS
from iqn.bilingual import other_language

COLUMNS = (
    *TEXT_FIELDS, *STATEMENTS, "language", "visibility", "replaced_by", "lead_organization", "all_occupations",
    "pan_canadian", "offered_in", "confidence", "to_verify",
)  # fmt: skip
TRANSLATION = "translation"
REVISED = {*TEXT_FIELDS, *STATEMENTS, TRANSLATION}


def locked(initiative: Initiative, version: int | None = None) -> Initiative:
    """The row as it stands, nobody else's until the transaction ends; StaleVersion where it is not the expected one."""
    row = Initiative.objects.select_for_update().defer("search_vector", "search_text").get(pk=initiative.pk)
    if version is not None and row.version != version:
        raise StaleVersion(row)
    return row


def changes(row: Initiative, values: Mapping[str, Any]) -> list[str]:
    """Names of the fields that `values` would change."""
    unknown = set(values) - {*COLUMNS, *RELATIONS, TRANSLATION}
    if unknown:
        raise TypeError(f"No field of an initiative: {', '.join(sorted(unknown))}")
    changed = [name for name in COLUMNS if name in values and getattr(row, name) != values[name]]
    changed += [name for name in RELATIONS if name in values and _differs(row, name, values[name])]
    if TRANSLATION in values and _translation_differs(row, values[TRANSLATION]):
        changed.append(TRANSLATION)
    return changed


def write(row: Initiative, values: Mapping[str, Any]) -> list[str]:
    """Save what differs, as one new version. `row` is new, or locked by the caller. Answers the changed fields."""
    is_new = row.pk is None
    changed = changes(row, values)
    if not changed and not is_new:
        return []
    for name in changed:
        if name in COLUMNS:
            setattr(row, name, values[name])
    if not is_new:
        row.version += 1
        if REVISED & set(changed):
            row.text_version += 1
            row.content_updated_on = timezone.localdate()
    row.save()
    for name in changed:
        if name in RELATIONS:
            getattr(row, name).set(values[name])
    if TRANSLATION in changed or "language" in changed:
        _write_translation(row, values.get(TRANSLATION) or {})
    indexing.index(row)
    return changed


def _differs(row: Initiative, name: str, wanted: Any) -> bool:
    before = set() if row.pk is None else {related.pk for related in getattr(row, name).all()}
    return before != {related.pk for related in wanted}


def _translation_differs(row: Initiative, texts: Mapping[str, str]) -> bool:
    translation = None if row.pk is None else row.translation
    return any((getattr(translation, name, "") or "") != text for name, text in texts.items())


def _write_translation(row: Initiative, texts: Mapping[str, str]) -> None:
    """There is one other language: a translation into what has become the text's own language goes."""
    language = other_language(row.language)
    row.translations.exclude(language=language).delete()
    translation = row.translations.filter(language=language).first() or InitiativeTranslation(
        initiative=row, language=language
    )
    for name, text in texts.items():
        setattr(translation, name, text)
    translation.translated_version = row.version
    if any(getattr(translation, name) for name in TEXT_FIELDS):
        translation.save()
    elif translation.pk:
        translation.delete()
    row.__dict__.pop("translation", None)
