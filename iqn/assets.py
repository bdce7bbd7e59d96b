"""One style sheet for browsers out of many small ones for people.

The parts are the numbered files and folders of ``static/css/``; joined in name order they are ``css/iqn.css``.
The finder below offers that file like any other static file, so one link serves everywhere: the development
server and WhiteNoise find it, and ``collectstatic`` collects it, hashes its name and compresses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS_DIR = Path(__file__).resolve().parent.parent / "static" / "css"
JOINED_NAME = "css/iqn.css"

# Strings are matched first, so that nothing inside them is taken for a comment or for spare space.
_STRING_COMMENT_OR_SPACE = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|/\*.*?\*/"""
    r"""|\s*(?P<mark>[{};,])\s*"""
    r"""|(?P<colon>:)\s+"""
    r"""|(?P<space>\s+)""",
    re.DOTALL,
)


def parts() -> list[Path]:
    """The numbered files, in the order in which they are joined."""
    numbered = (
        path for path in PARTS_DIR.rglob("*.css") if path.relative_to(PARTS_DIR).parts[0][0].isdigit()
    )
    return sorted(numbered, key=lambda path: path.relative_to(PARTS_DIR).parts)


def squeeze(css: str) -> str:
    """The same rules without comments and spare space; nothing is renamed, reordered or merged."""

    def keep(match: re.Match[str]) -> str:
        if match["string"]:
            return match["string"]
        return match["mark"] or match["colon"] or (" " if match["space"] else "")

    return _STRING_COMMENT_OR_SPACE.sub(keep, css).replace(";}", "}").strip()


def joined_stylesheet() -> str:
    return "\n".join(squeeze(path.read_text(encoding="utf-8")) for path in parts()) + "\n"


class JoinedStylesheetFinder(BaseFinder):
    """Finds ``css/iqn.css``, joined afresh at every look, so that an edited part shows at the next reload."""

    def check(self, **kwargs) -> list:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        if path != JOINED_NAME:
            return []
        joined = str(self._write())
        return [joined] if find_all else joined

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield JOINED_NAME, FileSystemStorage(location=self._root())

    def _root(self) -> Path:
        return Path(settings.DATA_DIR) / "assets"

    def _write(self) -> Path:
        """Replaced in one move, and only when it changes: several processes may be serving it."""
        target = self._root() / JOINED_NAME
        css = joined_stylesheet().encode()
        if not target.exists() or target.read_bytes() != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=target.parent, delete=False) as file:
                file.write(css)
            Path(file.name).replace(target)
        return target
