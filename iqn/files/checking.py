"""What comes in is judged by its content. Nothing is stored that was not looked through; pictures are written anew."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO

import puremagic
from django.core.files.base import File

from iqn.files import names, pdfs, pictures, word
from iqn.files.choices import ENDINGS, LARGEST, MEDIA_TYPES, Format
from iqn.files.errors import Empty, TooLarge, TwoThings, UnknownFormat

# Each must stand at the very beginning: what comes later belongs to a file inside another
BEGINNINGS = {
    Format.PDF: b"%PDF-",
    Format.DOCX: b"PK\x03\x04",
    Format.PNG: b"\x89PNG\r\n\x1a\n",
    Format.JPEG: b"\xff\xd8\xff",
}


@dataclass(frozen=True)
class Checked:
    """A file that may be kept, as it will be kept."""

    name: str
    format: Format
    content: bytes

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def examine(file: File) -> Checked:
    """Raises one of the refusals in errors.py."""
    if not file.size:
        raise Empty
    if file.size > LARGEST:
        raise TooLarge
    file.seek(0)
    content = file.read()
    found = _format_of(content)
    name = names.judged(file.name or "", found)
    if found == Format.DOCX:
        word.look_through(content)
    elif zipfile.is_zipfile(BytesIO(content)):  # its table may stand at the end of anything
        raise TwoThings
    elif found == Format.PDF:
        pdfs.look_through(content)
    else:
        content = pictures.written_anew(content, found)
    return Checked(name, found, content)


def _format_of(content: bytes) -> Format:
    found = next((kind for kind, begins in BEGINNINGS.items() if content.startswith(begins)), None)
    if found is None:
        raise UnknownFormat
    try:
        guesses = {guess.extension for guess in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError) as exc:
        raise UnknownFormat from exc
    if not guesses & {*ENDINGS[found], ".zip", ".jfif"}:
        raise UnknownFormat
    return found
