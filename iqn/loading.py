"""Rows that ship with the portal as content. Loading again brings what is new and never overwrites what a person wrote.

Each row remembers the fingerprint of the content it was last loaded from. A row that still reads like that may be
updated; a row that reads otherwise was edited here, and stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from iqn.bilingual import OfficialText
from iqn.text import fingerprint

# Eight times as fast, and every start reads all content; a build without libyaml has only the other
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Tally:
    """What loading one kind of rows came to."""

    kind: str
    created: int = 0
    updated: int = 0
    kept: int = 0  # edited by a person since
    unplaced: list[str] = field(default_factory=list)  # one sentence each

    @property
    def is_news(self) -> bool:
        return bool(self.created or self.updated or self.unplaced)

    def __str__(self) -> str:
        line = f"{self.kind}: {self.created} created, {self.updated} updated, {self.kept} kept because edited"
        return "\n".join([line, *(f"  could not place {problem}" for problem in self.unplaced)])


def read_content(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=LOADER)


def print_of(values: Mapping[str, Any]) -> str:
    return fingerprint(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str))


def columns_of(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def load_rows(
    model: type[models.Model], key: str, shipped: Iterable[Mapping[str, Any]], *,
    read: Callable[[Any, Iterable[str]], dict[str, Any]] = columns_of,
    write: Callable[[Any, Mapping[str, Any]], None] | None = None,
) -> Tally:  # fmt: skip
    """Bring rows into step with `shipped`, found by the column `key`.

    `read` answers what a row holds of the given names; `write` saves a row with new values (both for models whose
    content is more than columns).
    """
    tally = Tally(str(model._meta.verbose_name_plural))
    existing = {getattr(row, key): row for row in model._default_manager.select_for_update()}
    for values in shipped:
        row, wanted = existing.get(values[key]), print_of(values)
        if row is None:
            (write or _write)(model(), values)
            tally.created += 1
            continue
        present = print_of(read(row, values))
        if present not in (wanted, row.loaded_fingerprint):
            tally.kept += 1
        elif present != wanted:
            (write or _write)(row, values)
            tally.updated += 1
    return tally


def _write(row: models.Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.loaded_fingerprint = print_of(values)
    if isinstance(row, OfficialText):
        row.declare_in_step()  # both languages were shipped together, also where only one was reworded
    row.save()
