"""The initiatives and reasons that ship with the portal.

Loading again brings what is new or corrected, and never touches an initiative that a person has edited, described,
hidden or withdrawn: its version is then not the one that was loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.numbering import next_number, reserve_up_to
from initiatives.actions.writing import changes, locked, write
from initiatives.choices import PostState
from initiatives.models import Initiative, ReturnReason
from iqn.history.recording import record
from iqn.loading import Tally, load_rows, read_content
from iqn.reference.models import Benefit, InitiativeType, Jurisdiction, Occupation, Pillar, Stage
from members.models import Organization

CONTENT = Path(__file__).parents[1] / "content"
VOCABULARIES = {
    "occupations": (Occupation, "slug"),
    "jurisdictions": (Jurisdiction, "code"),
    "stages": (Stage, "slug"),
    "types": (InitiativeType, "slug"),
    "pillars": (Pillar, "slug"),
    "benefits": (Benefit, "slug"),
}
# Written in the text's own language, and in the other one where the content has it
TEXTS = (
    "title", "summary", "problem", "work", "results", "lessons", "other_partners", "occupation_note", "dates_note",
    "replacement_note",
)  # fmt: skip
PLAIN = (
    "language",
    "results_basis",
    "all_occupations",
    "pan_canadian",
    "status",
    "website",
    "contact",
    "confidence",
)
DATES = ("status_as_of", "started", "ended")


def load_return_reasons(path: Path = CONTENT / "return_reasons.yaml") -> Tally:
    rows = [{**row, "order": place * 10} for place, row in enumerate(read_content(path), start=1)]
    return load_rows(ReturnReason, "key", rows)


@transaction.atomic
def load_initiatives(path: Path = CONTENT / "initiatives.yaml") -> Tally:
    """Organizations and reference rows must be there already; what refers to unknown ones is named in the tally."""
    content = read_content(path)["initiatives"]
    tally = Tally(str(Initiative._meta.verbose_name_plural))
    known = _Known(tally)
    reserve_up_to(max(row["number"] for row in content))
    for shipped in sorted(content, key=lambda row: bool(row.get("replaced_by"))):  # what replaces comes first
        _load(shipped, known, tally)
    return tally


class _Known:
    """Rows that the content refers to, by their short names."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally

    @cached_property
    def organizations(self) -> dict[str, Organization]:
        return {row.slug: row for row in Organization.objects.all()}

    @cached_property
    def vocabularies(self) -> dict[str, dict[str, Any]]:
        return {
            name: {getattr(row, key): row for row in model.objects.all()}
            for name, (model, key) in VOCABULARIES.items()
        }

    @cached_property
    def initiatives(self) -> dict[str, Initiative]:
        rows = Initiative.objects.filter(content_key__isnull=False).select_related(
            "lead_organization", "replaced_by"
        )
        rows = rows.prefetch_related("translations", "partners", *VOCABULARIES)
        return {row.content_key: row for row in rows}

    def place(self, known: Mapping[str, Any], key: str, shipped: Mapping[str, Any]) -> Any:
        row = known.get(key)
        if row is None:
            self.tally.unplaced.append(f"“{key}” of {shipped['key']}")
        return row

    def many(self, known: Mapping[str, Any], name: str, shipped: Mapping[str, Any]) -> list[Any]:
        rows = (self.place(known, key, shipped) for key in shipped.get(name) or [])
        return [row for row in rows if row is not None]


def _load(shipped: Mapping[str, Any], known: _Known, tally: Tally) -> None:
    present = known.initiatives.get(shipped["key"])
    if present is None:
        known.initiatives[shipped["key"]] = _create(shipped, known)
        tally.created += 1
    elif present.version != present.loaded_version or not present.is_published:
        tally.kept += 1
    elif _update(present, shipped, known):
        tally.updated += 1


def _create(shipped: Mapping[str, Any], known: _Known) -> Initiative:
    """Published at once and without an author: the lead organization owns it."""
    number = shipped["number"]
    if Initiative.objects.filter(number=number).exists():
        number = next_number()
    row = Initiative(
        number=number, content_key=shipped["key"], state=PostState.PUBLISHED, published_at=timezone.now(),
        loaded_version=1,
    )  # fmt: skip
    write(row, _values(shipped, known))
    record(
        by=None,
        verb="initiatives.initiative_loaded",
        phrase=_("It was restated from public sources."),
        target=row,
    )
    return row


def _update(present: Initiative, shipped: Mapping[str, Any], known: _Known) -> bool:
    values = _values(shipped, known)
    if not changes(present, values):
        return False
    row = locked(present, present.version)
    write(row, values)
    Initiative.objects.filter(pk=row.pk).update(loaded_version=row.version)
    record(
        by=None,
        verb="initiatives.initiative_edited",
        phrase=_("It was corrected from its sources."),
        target=row,
    )
    return True


def _values(shipped: Mapping[str, Any], known: _Known) -> dict[str, Any]:
    language = shipped["language"]
    values: dict[str, Any] = {name: shipped[name] for name in PLAIN if name in shipped}
    values |= _texts(shipped, language)
    values |= {name: shipped.get(name) or "" for name in DATES}
    values |= {f"{name}_estimated": shipped.get(f"{name}_estimated", False) for name in DATES}
    values |= {name: known.many(rows, name, shipped) for name, rows in known.vocabularies.items()}
    values["partners"] = known.many(known.organizations, "partners", shipped)
    values["lead_organization"] = known.place(known.organizations, shipped["lead"], shipped)
    later = shipped.get("replaced_by")
    values["replaced_by"] = known.place(known.initiatives, later, shipped) if later else None
    values["offered_in"] = ",".join(sorted(shipped.get("languages_offered") or []))
    values["sources"] = shipped["sources"]
    values["to_verify"] = shipped.get("verify_en", "")
    values["translation"] = _texts(shipped, "fr" if language == "en" else "en")
    return values


def _texts(shipped: Mapping[str, Any], language: str) -> dict[str, str]:
    texts = {name: shipped.get(f"{name}_{language}", "") for name in TEXTS}
    return texts | {"recognition": (shipped.get("recognition") or {}).get(f"note_{language}", "")}
