"""A Word file (DOCX): a zip of a bounded size with the parts of a document, and nothing that acts or calls outside."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from io import BytesIO

from iqn.files.errors import (
    ActiveContent,
    CallsOutside,
    Damaged,
    FileRefused,
    Locked,
    TooMuchInside,
    TwoThings,
    UnknownFormat,
)

CONTENT_TYPES, DOCUMENT = "[Content_Types].xml", "word/document.xml"
MAIN_PART = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MOST_MEMBERS = 1000
MOST_UNPACKED = 60 * 1024 * 1024  # bytes, of all members together
CHUNK = 256 * 1024
TABLE_ENDS = b"PK\x05\x06\x00\x00\x00\x00"  # one volume; then 14 bytes and no comment
WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ACTIVE = re.compile(
    r"vba|macro|activex|oleobject|\.(bin|exe|dll|com|bat|cmd|js|jse|vbs|vbe|ps1|hta|scr|lnk|jar|msi|docm|dotm|xlsm|xlsb|pptm|"
    r"html?|svg|swf|zip|rar|7z)$",
    re.IGNORECASE,
)  # fmt: skip
ACTIVE_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
# A template on the author's own disk is named in many files and found nowhere else: it does no harm
OWN_DISK = re.compile(rb"(file:/{2,3})?[A-Za-z](:|%3A)", re.IGNORECASE)
UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError, KeyError,
)  # fmt: skip


def look_through(content: bytes) -> None:
    if b"%PDF-" in content[:1024] or not content[-22:].startswith(TABLE_ENDS) or content[-2:] != b"\x00\x00":
        raise TwoThings
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _is_a_document(archive, len(content))
            _read_every_member(archive)
    except FileRefused:
        raise
    except UNREADABLE as exc:
        raise Damaged from exc


def _is_a_document(archive: zipfile.ZipFile, size: int) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_UNPACKED:
        raise TooMuchInside
    names = [member.filename for member in members]
    if CONTENT_TYPES not in names or DOCUMENT not in names:
        raise UnknownFormat
    if min(member.header_offset for member in members) or len(set(map(str.lower, names))) != len(names):
        raise TwoThings  # something stands in front, or two parts share a name
    if sum(member.compress_size for member in members) > size:
        raise TooMuchInside  # parts that overlap
    for member in members:
        _member_is_plain(member)


def _member_is_plain(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & 0x1:
        raise Locked
    if member.compress_type not in WAYS or name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise Damaged
    if ACTIVE.search(name):
        raise ActiveContent


def _read_every_member(archive: zipfile.ZipFile) -> None:
    """What the table says of sizes may be a lie, so what comes out is counted."""
    left = MOST_UNPACKED
    for member in archive.infolist():
        text = b""
        is_text = member.filename.lower().endswith((".xml", ".rels"))
        with archive.open(member) as opened:
            while piece := opened.read(CHUNK):
                left -= len(piece)
                if left < 0:
                    raise TooMuchInside
                text += piece if is_text else b""
        if is_text:
            _text_is_plain(member.filename, _as_ascii(text))


def _as_ascii(text: bytes) -> bytes:
    """Every second byte of UTF-16 is nothing, and hides words from whoever looks for them."""
    return text.replace(b"\x00", b"")


def _text_is_plain(name: str, text: bytes) -> None:
    if DTD.search(text):
        raise ActiveContent
    if name == CONTENT_TYPES:
        if ACTIVE_TYPES.search(text):
            raise ActiveContent
        if MAIN_PART not in text:
            raise UnknownFormat
    if name.lower().endswith(".rels"):
        for relation in RELATION.findall(text):
            _relation_stays_inside(relation)


def _relation_stays_inside(relation: bytes) -> None:
    """Links may lead outside, whoever reads them decides; pictures and templates would be fetched unasked."""
    target = TARGET.search(relation)
    if b"External" in relation and not LINK.search(relation) and not (target and OWN_DISK.match(target[1])):
        raise CallsOutside
