"""NUR, ENG, LAW: the codes of groups, with which every identifier of theirs begins."""

from __future__ import annotations

from iqn import identifiers
from iqn.identifiers import Identified
from workgroups.groups.models import Group


def resolve_group(identifier: str, user) -> Identified | None:
    group = Group.objects.visible_to(user).filter(code=identifier).first()
    return Identified(group.code, str(group), group.get_absolute_url()) if group else None


def register() -> None:
    identifiers.register(r"[A-Z]{2,5}", resolve_group)
