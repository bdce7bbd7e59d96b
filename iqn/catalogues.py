"""Message catalogues: compiled by Babel, so that running the portal needs no system gettext."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def catalogue_files() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    """Write the .mo beside each .po that is newer. Returns how many were written."""
    written = 0
    for po in catalogue_files():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        scratch = mo.with_suffix(f".{os.getpid()}.part")  # several processes may compile at once
        with scratch.open("wb") as target:
            write_mo(target, catalogue)
        scratch.rename(mo)  # a reader never sees half a file
        written += 1
    return written


def unfinished(po: Path) -> list[str]:
    """What is untranslated or fuzzy in a catalogue, one line each."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3])
    problems = []
    for message in catalogue:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        name = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if message.fuzzy:
            problems.append(f"fuzzy: {name}")
        elif not all(texts):
            problems.append(f"untranslated: {name}")
    return problems
