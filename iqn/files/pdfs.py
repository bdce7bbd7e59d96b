"""A PDF: whole, only a PDF, and without anything that acts when it is opened."""

from __future__ import annotations

import re
import zlib

from iqn.files.errors import ActiveContent, Damaged, Locked, TooMuchInside, TwoThings

HEADER = re.compile(rb"%PDF-[12]\.\d")
END = b"%%EOF"
TAIL = 2048
HEAD = 1024
# A page, a script of a server, another file: in front of the first object nothing of this has a place
FOREIGN = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?php|%)|MZ\x90|\x7fELF|#!/", re.IGNORECASE
)
# Long enough that packed bytes do not hold one by chance (every script has both /JS and /JavaScript)
ACTS = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])|/XFA\s*[\[\d]")
LOCK = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
CODED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED_OBJECTS = re.compile(rb"/ObjStm(?![A-Za-z0-9]).{0,400}?stream\r?\n", re.DOTALL)
MOST_UNPACKED = 30 * 1024 * 1024  # bytes, of all packed objects together


def look_through(content: bytes) -> None:
    if not HEADER.match(content):
        raise Damaged
    head = content[:HEAD].split(b" obj", 1)[0]
    if FOREIGN.search(head):
        raise TwoThings
    _has_a_sound_end(content)
    _is_quiet(content)
    left = MOST_UNPACKED
    for begins in PACKED_OBJECTS.finditer(content):
        unpacked = _unpacked(content[begins.end() :], left)
        left -= len(unpacked)
        if left <= 0:
            raise TooMuchInside
        _is_quiet(unpacked)


def _has_a_sound_end(content: bytes) -> None:
    tail = content[-TAIL:]
    place = tail.rfind(END)
    if place < 0 or b"startxref" not in tail[:place] or b" obj" not in content:
        raise Damaged
    if tail[place + len(END) :].strip(b"\r\n\t \x00"):
        raise TwoThings


def _is_quiet(text: bytes) -> None:
    """Names may be written in code (/J#53), which readers of PDF undo."""
    for said in (text, CODED.sub(lambda found: bytes([int(found[1], 16)]), text)):
        if LOCK.search(said):
            raise Locked
        if ACTS.search(said):
            raise ActiveContent


def _unpacked(packed: bytes, most: int) -> bytes:
    """As far as it can be read; other packings than the usual one are left to the reader's program."""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
