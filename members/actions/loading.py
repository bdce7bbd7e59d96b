"""Organizations and reasons for declining that ship with the portal. What a person has edited stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from iqn.loading import Tally, load_rows, print_of, read_content
from iqn.reference.models import Jurisdiction, StakeholderType
from members.models import DeclineReason, Organization

CONTENT = Path(__file__).parents[1] / "content"


def load_organizations(path: Path = CONTENT / "organizations.yaml") -> Tally:
    """Needs the vocabularies first: an organization of an unknown type or place is named in the tally, and left out."""
    kinds = dict(StakeholderType.objects.values_list("slug", "pk"))
    places = dict(Jurisdiction.objects.values_list("code", "pk"))
    rows, unplaced = [], []
    for entry in read_content(path)["organizations"]:
        if entry["type"] in kinds and (not entry.get("jurisdiction") or entry["jurisdiction"] in places):
            rows.append(_organization(entry, kinds, places))
        else:
            unplaced.append(f"{entry['key']}: {entry['type']}, {entry.get('jurisdiction')}")
    tally = load_rows(Organization, "slug", rows, write=_write_organization)
    tally.unplaced += unplaced
    return tally


def load_decline_reasons(path: Path = CONTENT / "decline_reasons.yaml") -> Tally:
    """The order of the rows in the file is their position."""
    rows = [{**row, "order": place * 10} for place, row in enumerate(read_content(path), start=1)]
    return load_rows(DeclineReason, "key", rows)


def _organization(
    entry: Mapping[str, Any], kinds: Mapping[str, int], places: Mapping[str, int]
) -> dict[str, Any]:
    # Where no French name is in use, the English one stands for both; so does an acronym that exists once
    stands_for_both = entry.get("french_name") is False
    return {
        "slug": entry["key"],
        "name_en": entry["name_en"],
        "name_fr": entry.get("name_fr") or (entry["name_en"] if stands_for_both else ""),
        "acronym_en": entry.get("acronym_en") or entry.get("acronym_fr", ""),
        "acronym_fr": entry.get("acronym_fr") or entry.get("acronym_en", ""),
        "kind_id": kinds[entry["type"]],
        "jurisdiction_id": places.get(entry.get("jurisdiction") or ""),
        "website": entry.get("website", ""),
        "former_names": "; ".join(entry.get("formerly", [])),
    }


def _write_organization(organization: Organization, values: Mapping[str, Any]) -> None:
    if organization.pk:
        organization.version += 1
    else:
        organization.is_confirmed = True
    for name, value in values.items():
        setattr(organization, name, value)
    organization.loaded_fingerprint = print_of(values)
    organization.declare_in_step()
    organization.save()
