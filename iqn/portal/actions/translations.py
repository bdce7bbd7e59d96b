"""Bringing the two languages of an official text back in step."""

from __future__ import annotations

from django.db import models

from iqn.bilingual import OfficialText, WantedTranslation
from iqn.history.official_texts import FOUND_IN_STEP, TRANSLATED, change_official_text


def translate(
    *, by: models.Model | None, row: OfficialText, wanted: WantedTranslation, stamp: str, text: str
) -> OfficialText:
    """Write the wanted text. ChangedMeanwhile if the row is no longer what the translator saw."""
    return change_official_text(
        by=by, row=row, stamp=stamp, values={wanted.column: text}, in_step=[wanted.field],
        phrase=TRANSLATED, verb="translated",
    )  # fmt: skip


def declare_in_step(
    *, by: models.Model | None, row: OfficialText, wanted: WantedTranslation, stamp: str
) -> OfficialText:
    """The change of the source needs none here."""
    return change_official_text(
        by=by,
        row=row,
        stamp=stamp,
        values={},
        in_step=[wanted.field],
        phrase=FOUND_IN_STEP,
        verb="found_in_step",
    )
