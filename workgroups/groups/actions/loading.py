"""Functions, groups and the standing seat that ship with the portal. What a person has edited stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from iqn.loading import Tally, columns_of, load_rows, print_of, read_content
from iqn.reference.models import Jurisdiction, Occupation, StakeholderType
from workgroups.groups.choices import GroupStatus
from workgroups.groups.models import Function, Group, GroupSource, Seat

CONTENT = Path(__file__).parents[1] / "content" / "groups.yaml"
COLUMNS = (
    "code", "slug", "name_en", "name_fr", "mandate_en", "mandate_fr", "status", "founded", "order", "jurisdiction_id",
)  # fmt: skip


def load_groups(path: Path = CONTENT) -> list[Tally]:
    """Needs the vocabularies first: an occupation that is not there is named in the tally, and left out."""
    content = read_content(path)
    functions = [{**row, "order": place * 10} for place, row in enumerate(content["functions"], start=1)]
    tally_of_functions = load_rows(Function, "slug", functions)
    tally_of_groups = _load_groups(content)
    return [tally_of_functions, tally_of_groups, _load_standing_seat(content["standing_seat"])]


def _load_groups(content: Mapping[str, Any]) -> Tally:
    known = set(Occupation.objects.values_list("slug", flat=True))
    province = Jurisdiction.objects.filter(code="NS").values_list("pk", flat=True).first()
    every_function = sorted(row["slug"] for row in content["functions"])
    rows, unplaced = [], []
    for place, entry in enumerate(content["groups"], start=1):
        unplaced += [f"{entry['slug']}: {slug}" for slug in entry["occupations"] if slug not in known]
        rows.append(
            {
                **{name: entry.get(name, "") for name in COLUMNS},
                "status": entry.get("status", GroupStatus.ACTIVE.value),
                "order": place * 10,
                "jurisdiction_id": province,
                "occupations": sorted(known & set(entry["occupations"])),
                "functions": every_function,
                "sources": [
                    {**content["sources"][named["source"]], "says": named["says"]}
                    for named in entry["sources"]
                ],
            }
        )
    tally = load_rows(Group, "slug", rows, read=_read_group, write=_write_group)
    tally.unplaced += unplaced
    return tally


def _read_group(group: Group, _names: Iterable[str]) -> dict[str, Any]:
    return {
        **columns_of(group, COLUMNS),
        "occupations": sorted(group.occupations.values_list("slug", flat=True)),
        "functions": sorted(group.functions.values_list("slug", flat=True)),
        "sources": list(group.sources.values("title", "url", "says")),
    }


def _write_group(group: Group, values: Mapping[str, Any]) -> None:
    if group.pk:
        group.version += 1
    for name in COLUMNS:
        setattr(group, name, values[name])
    group.loaded_fingerprint = print_of(values)
    group.save()
    group.occupations.set(Occupation.objects.filter(slug__in=values["occupations"]))  # type: ignore[arg-type]
    group.functions.set(Function.objects.filter(slug__in=values["functions"]))  # type: ignore[arg-type]
    group.sources.all().delete()
    GroupSource.objects.bulk_create(
        GroupSource(group=group, position=place, **source) for place, source in enumerate(values["sources"])
    )


@transaction.atomic
def _load_standing_seat(entry: Mapping[str, Any]) -> Tally:
    """Once: from then on seats are the business of those who run the groups."""
    tally = Tally(str(Seat._meta.verbose_name_plural))
    kind = StakeholderType.objects.filter(slug=entry["stakeholder_type"]).first()
    if kind is None:
        tally.unplaced.append(f"{entry['title']}: {entry['stakeholder_type']}")
    elif not Seat.objects.filter(group__isnull=True).exists():
        Seat.objects.create(
            title=entry["title"], title_language=entry["title_language"], stakeholder_type=kind,
            scope=entry["scope"], since=date.fromisoformat(entry["since"]),
        )  # fmt: skip
        tally.created += 1
    return tally
