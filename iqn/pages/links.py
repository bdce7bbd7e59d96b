"""Links that official texts carry without an address: `page:contact` and `section:initiatives` hold in both languages.

The footer's pages have addresses that never change, so that no page of the portal asks the database for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from iqn.bilingual import reading_language

# key: (English address, French address)
FOOTER_PAGES = {
    "contact": ("contact", "contact"),
    "terms": ("terms", "conditions"),
    "privacy": ("privacy", "confidentialite"),
    "accessibility": ("accessibility", "accessibilite"),
}

SECTIONS = {
    "apply": "members:application-apply",
    "directory": "members:person-list",
    "initiatives": "initiatives:list",
    "organizations": "members:organization-list",
    "search": "portal:search",
}

_LINK = re.compile(r"\[(?P<words>[^\]\n]*)\]\((?P<kind>page|section):(?P<name>[^)\s]*)\)")


def footer_slugs() -> dict[str, str]:
    """The address of each page of the footer, in the active language."""
    place = 1 if reading_language() == "fr" else 0
    return {key: slugs[place] for key, slugs in FOOTER_PAGES.items()}


def with_addresses(text: str, pages: Mapping[str, str]) -> str:
    """The Markdown with real addresses. `pages` has the address of each page by key; a link to nowhere becomes words."""

    def resolved(match: re.Match[str]) -> str:
        address = _address(match["kind"], match["name"], pages.get)
        return f"[{match['words']}]({address})" if address else match["words"]

    return _LINK.sub(resolved, text.replace("{contact_email}", settings.CONTACT_EMAIL))


def problems_of(text: str, keys: Iterable[str]) -> list[str]:
    """One sentence for each link that leads nowhere."""
    known = set(keys)
    return [
        _("There is no page or section called %(name)s, to which this text links.") % {"name": match["name"]}
        for match in _LINK.finditer(text)
        if (match["name"] not in known if match["kind"] == "page" else match["name"] not in SECTIONS)
    ]


def _address(kind: str, name: str, page: Callable[[str], str | None]) -> str | None:
    if kind == "page":
        return page(name)
    return reverse(SECTIONS[name]) if name in SECTIONS else None
