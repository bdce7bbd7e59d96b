"""Who may do what in a group: rights come from today's terms only, and end with them. Asked only through user.has_perm."""

from __future__ import annotations

from collections.abc import Iterable

import rules

from members.permissions import member, staff
from workgroups.groups.choices import RUNNING_ROLES
from workgroups.groups.models import Group, Term


def roles_today(user, group) -> frozenset[str]:
    """The roles that this user's person holds today in the group; asked once for each user object and group."""
    person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
    if person is None or group is None:
        return frozenset()
    known = user.__dict__.setdefault("_roles_in_groups", {})
    if group.pk not in known:
        known[group.pk] = frozenset(
            Term.objects.at_the_table_of(group).of(person).current().values_list("role", flat=True)
        )
    return known[group.pk]


def learn_roles(user, groups: Iterable[Group]) -> None:
    """The same for many groups in one query; what is asked of each later is known then."""
    terms = list(Term.objects.current().of(user.person).values_list("seat__group", "role"))
    known = user.__dict__.setdefault("_roles_in_groups", {})
    for group in groups:
        own = {role for pk, role in terms if pk == group.pk or (pk is None and not group.is_council)}
        known[group.pk] = frozenset(own)


def group_of(target) -> Group | None:
    """The group that a group, seat, term, meeting, decision, action or document belongs to."""
    if target is None or isinstance(target, Group):
        return target
    if isinstance(target, Term):
        return target.seat.group
    return target.group


@rules.predicate
def is_on_roster(user, target) -> bool:
    return bool(roles_today(user, group_of(target)))


@rules.predicate
def runs_group(user, target) -> bool:
    """Co-chair or secretary of today."""
    return bool(roles_today(user, group_of(target)) & set(RUNNING_ROLES))


@rules.predicate
def added_it(user, document) -> bool:
    person = getattr(user, "person", None) if getattr(user, "is_authenticated", False) else None
    return document is not None and person is not None and document.added_by_id == person.pk


@rules.predicate
def is_open(user, target) -> bool:
    group = group_of(target)
    return group is None or not group.is_concluded


roster = is_on_roster | staff
running = (runs_group | staff) & is_open

rules.add_perm("groups.view_roster_names", member | is_on_roster | staff)  # who sits at the table
rules.add_perm("groups.view_roster_details", roster)  # and how to reach them
rules.add_perm("groups.edit_group", running)
rules.add_perm("groups.edit_terms_of_reference", running)
rules.add_perm("groups.edit_roster", running)
rules.add_perm("groups.edit_standing_seats", staff)
rules.add_perm("groups.import_roster", staff)
rules.add_perm("groups.announce", running)
rules.add_perm("groups.view_announcements", roster)
rules.add_perm("groups.upload_document", roster & is_open)  # for the roster
rules.add_perm("groups.show_document", running)  # to members, to everybody
rules.add_perm("groups.edit_document", running | (is_on_roster & added_it & is_open))
# As the admin asks
for verb in ("view", "add", "change"):
    for noun in ("group", "seat", "term", "termsofreference", "function"):
        rules.add_perm(f"groups.{verb}_{noun}", staff)
