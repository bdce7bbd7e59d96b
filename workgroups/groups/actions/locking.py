"""Every change in a group takes its turn."""

from __future__ import annotations

from workgroups.groups.errors import GroupIsConcluded
from workgroups.groups.models import Group


def open_group(group: Group) -> Group:
    """The locked row of a group that may still change."""
    locked = Group.objects.select_for_update().get(pk=group.pk)
    if locked.is_concluded:
        raise GroupIsConcluded
    return locked
