"""A picture is decoded and written anew: what was in the file beside its pixels (places, names, another file) stays behind."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageOps

from iqn.files.choices import LARGEST, Format
from iqn.files.errors import Damaged, TooLarge, TooMuchInside, TwoThings

MOST_PIXELS = 40_000_000
FOREIGN = re.compile(rb"<\?php|<script|<html|<svg|<!doctype|%PDF-", re.IGNORECASE)
UNREADABLE = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError, KeyError, OverflowError, AttributeError,
    ZeroDivisionError, MemoryError,
)  # fmt: skip # Pillow's decoders raise all of these on hostile input
MODES = {Format.PNG: ("1", "L", "LA", "P", "RGB", "RGBA"), Format.JPEG: ("L", "RGB")}
OPTIONS = {Format.PNG: {}, Format.JPEG: {"quality": 90, "optimize": True}}


def written_anew(content: bytes, found: Format) -> bytes:
    if FOREIGN.search(content):
        raise TwoThings
    try:
        return _copied(content, found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as exc:
        raise TooMuchInside from exc
    except UNREADABLE as exc:
        raise Damaged from exc


def _copied(content: bytes, found: Format) -> bytes:
    with Image.open(BytesIO(content), formats=[found.value.upper()]) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise TooMuchInside
        picture.load()
        turned = ImageOps.exif_transpose(picture)  # the way up is noted beside the pixels
        if "transparency" in turned.info:  # said beside the pixels too
            turned = turned.convert("RGBA")
        elif turned.mode not in MODES[found]:
            turned = turned.convert("RGB")
        clean = Image.new(turned.mode, turned.size)
        clean.paste(turned)
        if turned.mode == "P":
            clean.putpalette(turned.getpalette() or [])
        written = BytesIO()
        clean.save(written, found.value.upper(), **OPTIONS[found])
    if written.tell() > LARGEST:
        raise TooLarge
    return written.getvalue()
