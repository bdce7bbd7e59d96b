"""People who sit in a group with the reader today: they may see contact details kept for one's work groups."""

from __future__ import annotations

from django.db.models import Q

from members import circles
from workgroups.groups.choices import GroupKind
from workgroups.groups.models import Group, Term


def people_in_groups_of(user) -> frozenset[int]:
    person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
    if person is None:
        return frozenset()
    if "_people_in_groups" not in user.__dict__:
        user.__dict__["_people_in_groups"] = frozenset(_people_in_groups_of(person))
    return user.__dict__["_people_in_groups"]


def _people_in_groups_of(person) -> set[int]:
    groups = dict(Group.objects.of_person(person).values_list("pk", "kind"))
    if not groups:
        return set()
    theirs = Q(seat__group__in=groups)
    if GroupKind.WORK_GROUP in groups.values():
        theirs |= Q(seat__group__isnull=True)
    return set(Term.objects.current().filter(theirs).values_list("person", flat=True))


def register() -> None:
    circles.register(people_in_groups_of)
