"""The pages, clauses and glossary that ship with the portal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from iqn.loading import Tally, load_rows, print_of, read_content
from iqn.pages.models import Clause, GlossaryTerm, Page

CONTENT = Path(__file__).parent / "content"


def load_pages(folder: Path = CONTENT) -> list[Tally]:
    clauses = [
        {**clause, "order": place * 10}
        for place, clause in enumerate(read_content(folder / "clauses.yaml"), start=1)
    ]
    return [
        load_rows(Page, "key", read_content(folder / "pages.yaml"), write=_write_page),
        load_rows(Clause, "number", clauses),
        load_rows(
            GlossaryTerm, "slug", [{"source": "", **t} for t in read_content(folder / "glossary.yaml")]
        ),
    ]


def _write_page(page: Page, values: Mapping[str, Any]) -> None:
    """A shipped page is complete in both languages, so it is published; new words were confirmed by whoever shipped them."""
    if page.pk:
        page.version += 1
    else:
        page.is_published = True
    for name, value in values.items():
        setattr(page, name, value)
    page.confirmed_on = page.content_updated_on = timezone.localdate()
    page.loaded_fingerprint = print_of(values)
    page.declare_in_step()
    page.save()
