"""Vocabularies are kept by FCRO staff."""

import rules

from iqn.access import is_staff

staff = rules.predicate(is_staff, name="reference.is_staff")

for noun in (
    "jurisdiction", "occupation", "occupationcode", "stage", "initiativetype", "stakeholdertype", "pillar", "benefit",
):  # fmt: skip
    for verb in ("view", "add", "change"):
        rules.add_perm(f"reference.{verb}_{noun}", staff)
