"""Files that have harmed somebody, or would: each is plainly harmless here, and none may be taken."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from iqn.files.choices import LARGEST
from tests.files.samples import RELATIONS, TYPES, docx, pdf, picture

PDF, PNG, JPEG, DOCX = pdf(), picture("PNG"), picture("JPEG"), docx()
SCRIPT = b"<script>window.__x=1</script>"
ZIP = docx({"more.xml": "<x/>"})


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _huge_png(width: int, height: int) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + _chunk(b"IEND", b"")


def _text_bomb() -> bytes:
    text = _chunk(b"zTXt", b"x\0\0" + zlib.compress(b"a" * 80_000_000))
    return PNG[:33] + text + PNG[33:]


def _bomb() -> bytes:
    return docx({f"word/media/{n}.xml": b"\0" * 8_000_000 for n in range(10)})


def _lying_bomb() -> bytes:
    """Says that its parts are small."""
    content = bytearray(docx({"word/media/bomb.xml": b"\0" * 70_000_000}))
    size = struct.pack("<I", 70_000_000)
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = struct.pack("<I", 10)
    return bytes(content)


def _overlapping() -> bytes:
    """Two entries of the table that share their bytes, as the tightest bombs do."""
    content = docx({"word/a.xml": b"0" * 50_000, "word/b.xml": b"1" * 50_000})
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first, second = (archive.getinfo(name).header_offset for name in ("word/a.xml", "word/b.xml"))
    entry = b"word/b.xml"  # in the table the place stands right in front of the name
    return content.replace(struct.pack("<I", second) + entry, struct.pack("<I", first) + entry)


def _twice() -> bytes:
    written = BytesIO(DOCX)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("WORD/document.xml", "<other/>")
    return written.getvalue()


def _with_comment() -> bytes:
    written = BytesIO(DOCX)
    with zipfile.ZipFile(written, "a") as archive:
        archive.comment = SCRIPT
    return written.getvalue()


def _encrypted() -> bytes:
    """The bit that says so, in the headers of all parts and in the table."""
    content = bytearray(DOCX)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _related(kind: str, target: str) -> bytes:
    relation = f'<Relationship Id="r9" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'
    return docx({"word/_rels/settings.xml.rels": RELATIONS.format(relation)})


def _packed_script() -> bytes:
    packed = zlib.compress(b"1 0 << /S /JavaScript /JS (app.alert(1)) >>")
    return pdf(
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed), packed)
    )


def _packed_bomb() -> bytes:
    packed = zlib.compress(b" " * 40_000_000)
    return pdf(b"<< /Type /ObjStm /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))


def _bad_checksum() -> bytes:
    content = bytearray(docx(way=zipfile.ZIP_STORED))
    at = content.find(b"A plan.")
    content[at] ^= 1
    return bytes(content)


MACROS = TYPES.replace("wordprocessingml.document.main", "macroEnabled.main")
FILES: dict[str, tuple[str, bytes]] = {
    # Nothing, or not enough
    "nothing at all": ("plan.pdf", b""),
    "no bytes in a docx": ("plan.docx", b""),
    "one byte": ("plan.pdf", b"%"),
    "only the beginning of a pdf": ("plan.pdf", b"%PDF-1.7\n"),
    "only the beginning of a png": ("chart.png", PNG[:8]),
    "too large": ("plan.pdf", PDF + b"\n" * LARGEST),
    # Something else under one of our names
    "page as pdf": ("plan.pdf", b"<!doctype html><title>x</title>" + SCRIPT),
    "page as png": ("chart.png", b"<html>" + SCRIPT),
    "svg as png": ("chart.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
    "script of a server as jpeg": ("photo.jpg", b"<?php echo 1; ?>"),
    "program of Windows as pdf": ("plan.pdf", b"MZ\x90\x00" + b"\0" * 400),
    "program of Linux as docx": ("plan.docx", b"\x7fELF\x02\x01\x01" + b"\0" * 400),
    "script of a shell as pdf": ("plan.pdf", b"#!/bin/sh\necho x\n"),
    "plain zip as docx": ("plan.docx", docx(without=("[Content_Types].xml",))),
    "zip without a text": ("plan.docx", docx(without=("word/document.xml",))),
    "spreadsheet as docx": ("plan.docx", docx({"[Content_Types].xml": TYPES.replace("wordprocessingml.document", "sheet")})),
    "old Word file": ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "rich text": ("plan.docx", rb"{\rtf1\ansi{\object\objdata 0105}}"),
    "gif as png": ("chart.png", b"GIF89a/*" + b"\0" * 20 + b"*/=1;" + SCRIPT),
    "webp as jpeg": ("photo.jpg", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\0" * 40),
    "postscript as pdf": ("plan.pdf", b"%!PS-Adobe-3.0\n%%EOF\n"),
    "png named pdf": ("plan.pdf", PNG),
    "pdf named jpg": ("photo.jpg", PDF),
    "jpeg named png": ("chart.png", JPEG),
    "docx named pdf": ("plan.pdf", DOCX),
    # Names
    "climbing to a script": ("../../iqn/settings/prod.py", PDF),
    "climbing to a file of the system": ("../../../../etc/passwd", PDF),
    "climbing in the other direction of slash": ("..\\..\\windows\\system32\\x.exe", PDF),
    "climbing in code": ("..%2f..%2fplan.pdf", PDF),
    "climbing in code twice": ("%252e%252e%252fplan.pdf", PDF),
    "zero byte in code": ("plan.php%00.pdf", PDF),
    "two endings": ("plan.pdf.exe", PDF),
    "no ending": ("plan", PDF),
    "only an ending": (".pdf", PDF),
    "only dots": ("...pdf", PDF),
    "stream of Windows": ("plan.exe::$DATA.pdf", PDF),
    "reversed": ("plan\u202efdp.exe", PDF),
    "macro ending": ("plan.docm", DOCX),
    # Two things at once
    "pdf and zip": ("plan.pdf", PDF + ZIP),
    "pdf and page behind": ("plan.pdf", PDF + SCRIPT),
    "pdf and page in front": ("plan.pdf", SCRIPT + PDF),
    "pdf with a page in its head": ("plan.pdf", pdf(head=b"%PDF-1.4\n%<html><script>x()</script>\n")),
    "pdf with a program in its head": ("plan.pdf", pdf(head=b"%PDF-1.4\nMZ\x90\x00\n")),
    "zip and pdf": ("plan.docx", b"PK\x03\x04%PDF-1.4" + DOCX),
    "something in front of a docx": ("plan.docx", b"PK\x03\x04" + b"x" * 60 + DOCX),
    "something behind a docx": ("plan.docx", DOCX + SCRIPT),
    "a comment in a docx": ("plan.docx", _with_comment()),
    "png and zip": ("chart.png", PNG + ZIP),
    "jpeg and zip": ("photo.jpg", JPEG + ZIP),
    "jpeg and script of a server": ("photo.jpg", JPEG + b"<?php echo 1; ?>"),
    "png and page": ("chart.png", PNG + b"<html>" + SCRIPT),
    "jpeg with a script in its comment": ("photo.jpg", picture("JPEG", comment=SCRIPT)),
    # Bombs
    "docx that unpacks to much": ("plan.docx", _bomb()),
    "docx that lies about its size": ("plan.docx", _lying_bomb()),
    "docx whose parts overlap": ("plan.docx", _overlapping()),
    "docx of very many parts": ("plan.docx", docx({f"word/{n}.xml": "" for n in range(1001)})),
    "docx with entities": ("plan.docx", docx({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'})),
    "docx with hidden entities": (
        "plan.docx", docx({"word/document.xml": '<?xml?><!DOCTYPE x [<!ENTITY a "a">]>'.encode("utf-16")}),
    ),
    "png of many pixels": ("chart.png", _huge_png(50_000, 50_000)),
    "png of too many pixels": ("chart.png", _huge_png(8_000, 5_001)),
    "png with much text": ("chart.png", _text_bomb()),
    "pdf that unpacks to much": ("plan.pdf", _packed_bomb()),
    # Cut off or spoiled
    "cut pdf": ("plan.pdf", PDF[: len(PDF) // 2]),
    "pdf without its table": ("plan.pdf", PDF.replace(b"startxref", b"startnone")),
    "cut docx": ("plan.docx", DOCX[: len(DOCX) // 2]),
    "cut png": ("chart.png", PNG[:-30]),
    "cut jpeg": ("photo.jpg", picture("JPEG", size=(900, 900))[:-900]),
    "png with a spoiled part": ("chart.png", PNG[:20] + b"\xff\xff\xff\xff" + PNG[24:]),
    "docx with a spoiled part": ("plan.docx", _bad_checksum()),
    "pdf of no version": ("plan.pdf", PDF.replace(b"%PDF-1.4", b"%PDF-x.y")),
    # What acts, hides or calls
    "pdf with a script": ("plan.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>")),
    "pdf with a coded script": ("plan.pdf", pdf(b"<< /S /J#61vaScript /JS (app.alert(1)) >>")),
    "pdf with a packed script": ("plan.pdf", _packed_script()),
    "pdf that starts a program": ("plan.pdf", pdf(b"<< /S /Launch /F (x.exe) >>")),
    "pdf with a file inside": ("plan.pdf", pdf(b"<< /Type /EmbeddedFile >>")),
    "pdf with a form that computes": ("plan.pdf", pdf(b"<< /XFA [ (x) 3 0 R ] >>")),
    "locked pdf": ("plan.pdf", pdf(b"<< /Encrypt 9 0 R >>")),
    "docx with macros": ("plan.docx", docx({"word/vbaProject.bin": b"x"})),
    "docx of the macro kind": ("plan.docx", docx({"[Content_Types].xml": MACROS})),
    "docx with an object": ("plan.docx", docx({"word/embeddings/oleObject1.bin": b"x"})),
    "docx with a control": ("plan.docx", docx({"word/activeX/activeX1.xml": "<x/>"})),
    "docx with a program": ("plan.docx", docx({"word/media/x.exe": b"MZ"})),
    "docx with a page": ("plan.docx", docx({"word/media/x.html": SCRIPT})),
    "docx with a template elsewhere": ("plan.docx", _related("attachedTemplate", "https://template.example.org/x.dotm")),
    "docx with a template on a share": ("plan.docx", _related("attachedTemplate", "file://///host.example/x.dotx")),
    "docx with a picture elsewhere": ("plan.docx", _related("image", "http://picture.example.org/x.png")),
    "docx that climbs": ("plan.docx", docx({"word/../../evil.xml": "<x/>"})),
    "docx with a path of the system": ("plan.docx", docx({"/etc/cron.d/x": "x"})),
    "docx with a part twice": ("plan.docx", _twice()),
    "locked docx": ("plan.docx", _encrypted()),
    "docx packed in another way": ("plan.docx", docx(way=zipfile.ZIP_LZMA)),
}  # fmt: skip
