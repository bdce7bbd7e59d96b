"""Names of files as people give them: judged when they come, made harmless when they go out."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from iqn.files.choices import ENDINGS, Format
from iqn.files.errors import NameDisagrees, NameRefused
from iqn.files.models import Upload

LONGEST = 120
# What leads out of a folder, in plain and in coded form; and what a header or a file system takes for its own
REFUSED = re.compile(r"\.\.|%(2e|2f|5c|00|25)|[\\/:*?\"<>|;\x00-\x1f\x7f]", re.IGNORECASE)


def judged(name: str, found: Format) -> str:
    """The name as it is kept. Its ending must agree with what is in the file."""
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C").strip()
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    if REFUSED.search(name) or not stem.strip(" .") or name.startswith("."):
        raise NameRefused
    if ending not in ENDINGS[found]:
        raise NameDisagrees
    return f"{stem[: LONGEST - len(ending)]}{ending}"


def content_disposition(upload: Upload, name: str = "") -> str:
    """For old programs in ASCII, for the others as it is (RFC 6266)."""
    name = f"{name}{ENDINGS[Format(upload.format)][0]}" if name else upload.original_name
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", bare).strip() or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
