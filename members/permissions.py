"""Who may do what with people, organizations and applications. Asked only through user.has_perm."""

import rules

from iqn.access import is_member, is_staff
from members.choices import MembershipState

member = rules.predicate(is_member, name="members.is_member")
staff = rules.predicate(is_staff, name="members.is_staff")


@rules.predicate
def is_oneself(user, person) -> bool:
    return person is not None and user.is_authenticated and person.user_id == user.pk


@rules.predicate
def has_no_open_application(user) -> bool:
    return user.is_authenticated and user.standing in (None, MembershipState.DECLINED, MembershipState.LEFT)


@rules.predicate
def is_own_application(user, application) -> bool:
    return application is not None and is_oneself(user, application.person)


rules.add_perm("members.view_directory", member | staff)
rules.add_perm("members.write_to_person", (member | staff) & ~is_oneself)
rules.add_perm("members.edit_profile", is_oneself)
rules.add_perm("members.change_employer", is_oneself & member)
rules.add_perm("members.leave_network", is_oneself & ~staff)
rules.add_perm("members.download_person", is_oneself)
for model in ("organization", "person", "affiliation", "user"):  # in the admin
    rules.add_perm(f"members.view_{model}", staff)
    rules.add_perm(f"members.change_{model}", staff)
rules.add_perm("members.add_organization", staff)
rules.add_perm("members.apply_for_membership", has_no_open_application & ~staff)
rules.add_perm("members.answer_application", is_own_application)
rules.add_perm("members.decide_application", staff & ~is_own_application)
# The admin asks for view, add and change; an application is changed by the steps of its life, never field by field
rules.add_perm("members.view_membershipapplication", staff)
for verb in ("view", "add", "change"):
    rules.add_perm(f"members.{verb}_declinereason", staff)
