"""Reading what the portal mailed."""

import re

CODE = re.compile(r"^[B-Z]{4}-[B-Z]{4}$", re.M)


def code_in(letter) -> str:
    """The code that stands on a line of its own."""
    return CODE.search(letter.body)[0]
