"""Facts of a group and its status."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.actions.locking import open_group
from workgroups.groups.choices import GroupStatus
from workgroups.groups.errors import ConcludedWithoutNote, StaleVersion
from workgroups.groups.models import Group

MANY = ("occupations", "functions")


@transaction.atomic
def edit(*, by: Person, group: Group, expected_version: int, values: dict[str, Any]) -> Group:
    group = open_group(group)
    if group.version != expected_version:
        raise StaleVersion
    for name, value in values.items():
        if name in MANY:
            getattr(group, name).set(value)
        else:
            setattr(group, name, value)
    group.version += 1
    group.save()
    record(
        by=by, verb="groups.group_edited", target=group, group=lambda: str(group),
        phrase=_("The facts about %(group)s were edited."),
    )  # fmt: skip
    return group


@transaction.atomic
def change_status(
    *, by: Person, group: Group, status: str, closing_note_en: str = "", closing_note_fr: str = ""
) -> Group:
    """To conclude a group says why, in both languages; nothing of it is changed afterwards."""
    group = open_group(group)
    if status == GroupStatus.CONCLUDED:
        if not (closing_note_en.strip() and closing_note_fr.strip()):
            raise ConcludedWithoutNote
        group.closing_note_en, group.closing_note_fr = closing_note_en, closing_note_fr
    if status == group.status:
        return group
    group.status, group.status_since = status, timezone.localdate().isoformat()
    group.version += 1
    group.save()
    record(
        by=by, verb="groups.status_changed", target=group, group=lambda: str(group),
        status=lambda: group.get_status_display(), phrase=_("%(group)s changed its status: %(status)s."),
    )  # fmt: skip
    return group
