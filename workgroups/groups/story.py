"""What happened in a group, put together from the events of several kinds of rows, each seen by whom the rows are seen.

An app that stands above this one registers its strands in its `AppConfig.ready`:

    from workgroups.groups import story

    def decisions(group, user) -> QuerySet[Event]:
        return story.about(Decision.objects.visible_to(user).filter(group=group))

    story.register(story.Strand("decisions", _("Decisions"), decisions))

A sentence names who acted: the page is for those who may see the names of a roster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from iqn.history.models import Event
from workgroups.groups.models import Group

ROSTER_VERBS = ("groups.seat_added", "groups.term_begun", "groups.term_ended", "groups.term_role_changed")


@dataclass(frozen=True)
class Strand:
    """One kind of events; `events` answers those of them whose rows this reader may see."""

    key: str
    label: Any
    events: Callable[[Group, Any], QuerySet[Event]]


_strands: list[Strand] = []


def register(*strands: Strand) -> None:
    _strands.extend(strands)


def strands() -> list[Strand]:
    return list(_strands)


def about(rows: QuerySet, *, verbs: Iterable[str] | None = None) -> QuerySet[Event]:
    """Events about these rows; with `verbs` only those that say one of these things."""
    kind = ContentType.objects.get_for_model(rows.model)
    found = Event.objects.order_by().filter(target_kind=kind, target_id__in=rows.order_by().values("pk"))
    return found.filter(verb__in=list(verbs)) if verbs is not None else found


def story_of(group: Group, user) -> QuerySet[Event]:
    """Newest first. Each strand is looked up by its own index; conditions joined by OR would read every event."""
    first, *others = (strand.events(group, user).values("pk") for strand in strands())
    keys = first.union(*others, all=True)
    return Event.objects.visible_to(user).filter(pk__in=keys).order_by("-at", "-pk")


def _facts(group: Group, user) -> QuerySet[Event]:
    return about(Group.objects.filter(pk=group.pk)).exclude(verb__in=ROSTER_VERBS)


def _roster(group: Group, user) -> QuerySet[Event]:
    return about(Group.objects.filter(pk=group.pk), verbs=ROSTER_VERBS)


def register_own() -> None:
    register(Strand("group", _("The group"), _facts), Strand("roster", _("Roster"), _roster))
