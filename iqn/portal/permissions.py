"""Pages for staff that stand above the apps."""

import rules

from iqn.access import is_staff

staff = rules.predicate(is_staff, name="portal.is_staff")

rules.add_perm("portal.view_queue", staff)
