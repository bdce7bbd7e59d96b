"""Sound files of the four formats, made here; the hostile ones are made from them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
RELATIONS = '<?xml version="1.0"?><Relationships>{}</Relationships>'
PARTS = {
    "[Content_Types].xml": TYPES,
    "_rels/.rels": RELATIONS.format(
        '<Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/>'
    ),
    "word/document.xml": "<w:document><w:body><w:p><w:r><w:t>A plan.</w:t></w:r></w:p></w:body></w:document>",
}


def pdf(*objects: bytes, head: bytes = b"%PDF-1.4\n", tail: bytes = b"") -> bytes:
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, text)
        for number, text in enumerate(
            (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Kids [] /Count 0 >>", *objects), 1
        )
    )
    return head + body + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n" + tail


def docx(
    parts: dict[str, str | bytes] | None = None, *, without: tuple[str, ...] = (), way=zipfile.ZIP_DEFLATED
) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        for name, text in {**PARTS, **(parts or {})}.items():
            if name not in without:
                archive.writestr(name, text)
    return written.getvalue()


def picture(kind: str = "PNG", *, mode: str = "RGB", size: tuple[int, int] = (40, 30), **options) -> bytes:
    written = BytesIO()
    Image.new(mode, size, {"RGB": "teal", "RGBA": (0, 90, 90, 80), "CMYK": (9, 9, 9, 9)}.get(mode, 1)).save(
        written, kind, **options
    )
    return written.getvalue()


def sound() -> dict[str, bytes]:
    return {
        "plan.pdf": pdf(),
        "plan.docx": docx(),
        "chart.png": picture("PNG"),
        "photo.jpg": picture("JPEG"),
    }


def sent(name: str, content: bytes, media_type: str = "application/pdf") -> SimpleUploadedFile:
    """What the sender says of the type is never asked."""
    return SimpleUploadedFile(name, content, content_type=media_type)
