"""The ledger is looked at by FCRO staff; nobody writes in it by hand."""

import rules

from iqn.access import is_staff

staff = rules.predicate(is_staff, name="mail.is_staff")

rules.add_perm("mail.view_message", staff)
rules.add_perm("mail.settle_message", staff)
