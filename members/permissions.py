"""Who may do what with people, organizations and applications. Asked only through user.has_perm."""

import rules

from iqn.access import is_member, is_staff
from members.choices import MembershipState

member = rules.predicate(is_member, name="members.is_member")
staff = rules.predicate(is_staff, name="members.is_staff")


@rules.predicate
def signed_in(user) -> bool:
    return bool(user.is_authenticated)


@rules.predicate
def is_oneself(user, person) -> bool:
    return person is not None and user.is_authenticated and person.user_id == user.pk


@rules.predicate
def has_no_open_application(user) -> bool:
    return user.is_authenticated and user.standing in (None, MembershipState.DECLINED, MembershipState.LEFT)


rules.add_perm("members.view_directory", member | staff)
rules.add_perm("members.apply_for_membership", has_no_open_application & ~staff)
rules.add_perm("members.decide_application", staff)
