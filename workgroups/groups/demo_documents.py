"""Invented documents of the demonstration's nursing group, made here: a page of PDF, two of Word, a small chart."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageDraw

from iqn.files.checking import Checked, examine
from iqn.files.choices import Kind, Translation
from members.models import Person
from workgroups.groups.actions import documents
from workgroups.groups.choices import Part
from workgroups.groups.models import Document, Group

INVENTED = {"en": "Invented for this demonstration.", "fr": "Inventé pour cette démonstration."}
WAITS_EN = (
    "Waiting for a seat in a bridging course",
    "Three courses were compared: how long people wait, what they pay, who can come.",
    "Waiting is shortest where a course begins three times a year.",
)
WAITS_FR = (
    "L’attente d’une place en formation d’appoint",
    "Trois formations ont été comparées : la durée de l’attente, le coût, l’admissibilité.",
    "L’attente est la plus courte là où une formation commence trois fois par an.",
)
EMPLOYERS = (
    "Questions à poser aux employeurs",
    "Combien de postes supervisés pouvez-vous offrir l’an prochain?",
    "Qui accompagne une infirmière formée à l’étranger pendant ses premiers mois?",
)
BARRIER = (
    "Tell us about a barrier",
    "What kept you from the next step? When, and how long?",
    "Who could remove it?",
)


@transaction.atomic
def load_demo_documents() -> Document | None:
    """Once: a group that has documents is left as it is."""
    group = Group.objects.filter(slug="nursing", is_demo=True).first()
    chair = Person.objects.filter(user__email="cochair@example.org").first()
    if group is None or chair is None or group.documents.exists():
        return None
    waits = _add(
        chair, group, pdf("waiting.pdf", "en", WAITS_EN[:2]), Kind.REPORT, "en", Part.PUBLIC, Translation.AWAITING,
        title_en=WAITS_EN[0], title_fr=WAITS_FR[0],
    )  # fmt: skip
    documents.add_file(by=chair, document=waits, checked=pdf("waiting-2.pdf", "en", WAITS_EN), language="en")
    documents.add_file(by=chair, document=waits, checked=pdf("attente.pdf", "fr", WAITS_FR), language="fr")
    _add(
        chair, group, word("employeurs.docx", "fr", EMPLOYERS), Kind.PAPER, "fr", Part.MEMBERS, Translation.AWAITING,
        title_fr=EMPLOYERS[0],
    )  # fmt: skip
    _add(
        chair, group, word("barrier.docx", "en", BARRIER), Kind.FORM, "en", Part.ROSTER, Translation.IN_PROGRESS,
        title_en=BARRIER[0], title_fr="Parlez-nous d’un obstacle",
    )  # fmt: skip
    _add(
        chair, group, chart(), Kind.PICTURE, "en", Part.PUBLIC, Translation.NOT_NEEDED,
        title_en="Seats asked for and offered, by quarter", title_fr="Places demandées et offertes, par trimestre",
    )  # fmt: skip
    return waits


def _add(
    by: Person, group: Group, checked: Checked, kind: str, language: str, visibility: str, translation: str,
    title_en: str = "", title_fr: str = "",
) -> Document:  # fmt: skip
    return documents.add(
        by=by, group=group, checked=checked, kind=kind, language=language, visibility=visibility,
        translation=translation, title_en=title_en, title_fr=title_fr,
    )  # fmt: skip


def pdf(name: str, language: str, lines: tuple[str, ...]) -> Checked:
    """One page in Helvetica, which every reader of PDF has."""
    said = [INVENTED[language], *lines]
    shown = "".join(f"({_in_brackets(line)}) Tj T*\n" for line in said)
    stream = f"BT /F1 11 Tf 60 760 Td 22 TL\n{shown}ET".encode("cp1252")
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}-CA) >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return _checked(name, written + end % (count, table, count, len(written)))


def _in_brackets(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def word(name: str, language: str, lines: tuple[str, ...]) -> Checked:
    space = "http://schemas.openxmlformats.org"
    office, main = f"{space}/officeDocument/2006/relationships", f"{space}/wordprocessingml/2006/main"
    document = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in (INVENTED[language], *lines)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{document}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{main}"><w:body>{paragraphs}</w:body></w:document>',
    }
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return _checked(name, written.getvalue())


def chart() -> Checked:
    """Two columns for each quarter; what it shows stands in the title, for it is invented."""
    picture = Image.new("RGB", (640, 320), "white")
    draw = ImageDraw.Draw(picture)
    for place, (asked, offered) in enumerate(((90, 40), (110, 60), (120, 90), (130, 120))):
        left = 60 + place * 140
        draw.rectangle((left, 280 - asked * 1.8, left + 45, 280), fill="#26374a")
        draw.rectangle((left + 50, 280 - offered * 1.8, left + 95, 280), fill="#7db3c8")
    draw.line((40, 280, 620, 280), fill="black", width=2)
    written = BytesIO()
    picture.save(written, "PNG")
    return _checked("seats.png", written.getvalue())


def _checked(name: str, content: bytes) -> Checked:
    return examine(ContentFile(content, name=name))
