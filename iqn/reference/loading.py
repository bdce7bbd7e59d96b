"""The controlled vocabularies that ship with the portal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from iqn.loading import Tally, columns_of, load_rows, print_of, read_content
from iqn.reference import models

CONTENT = Path(__file__).parent / "content" / "reference.yaml"

VOCABULARIES = {
    "jurisdictions": models.Jurisdiction,
    "occupations": models.Occupation,
    "stages": models.Stage,
    "initiative_types": models.InitiativeType,
    "stakeholder_types": models.StakeholderType,
    "pillars": models.Pillar,
    "benefits": models.Benefit,
}


def load_reference(path: Path = CONTENT) -> list[Tally]:
    """The order of the rows in the file is their position."""
    content = read_content(path)
    tallies = []
    for name, model in VOCABULARIES.items():
        rows = [{**row, "order": place * 10} for place, row in enumerate(content[name], start=1)]
        if model is models.Occupation:
            tallies.append(load_rows(model, "slug", rows, read=_read_occupation, write=_write_occupation))
        else:
            tallies.append(load_rows(model, "slug", rows))
    return tallies


def _read_occupation(row: models.Occupation, names: Iterable[str]) -> dict[str, Any]:
    values = columns_of(row, [name for name in names if name != "noc"])
    return {**values, "noc": [_shipped(code) for code in row.codes.order_by("pk")]}


def _shipped(code: models.OccupationCode) -> dict[str, Any]:
    return {
        "code": code.code, "edition": code.edition, "confirmed": code.is_confirmed, "source": code.source,
    }  # fmt: skip


def _write_occupation(row: models.Occupation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name != "noc":
            setattr(row, name, value)
    row.loaded_fingerprint = print_of(values)
    row.declare_in_step()
    row.save()
    row.codes.all().delete()
    models.OccupationCode.objects.bulk_create(
        models.OccupationCode(
            occupation=row, code=code["code"], edition=code["edition"], is_confirmed=code["confirmed"],
            source=code.get("source", ""),
        )
        for code in values["noc"]
    )  # fmt: skip
