"""Official texts are changed by FCRO staff."""

import rules

from iqn.access import is_staff

staff = rules.predicate(is_staff)

for verb in ("view", "add", "change"):
    for noun in ("page", "clause", "glossaryterm"):
        rules.add_perm(f"pages.{verb}_{noun}", staff)
rules.add_perm("pages.translate_official_text", staff)
