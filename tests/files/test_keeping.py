"""Where files lie, what goes in the night, and how they are handed out."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from PIL import Image

from iqn.files import actions, checking, keeping, names
from iqn.files.choices import LARGEST, Format, Translation
from iqn.files.errors import FileRefused, NameRefused, NothingToTranslate
from iqn.files.jobs import clean
from iqn.files.models import FileSet, Upload
from iqn.files.receiving import BoundedFileUploadHandler
from iqn.files.serving import POLICY, attachment
from tests.factories.files import add_upload, checked
from tests.factories.members import PersonFactory
from tests.files.samples import RELATIONS, docx, pdf, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(uploads) -> FileSet:
    return actions.begin(
        by=PersonFactory(), checked=checked(), kind="paper", language="en", title_en="A plan", title_fr="",
        translation=Translation.AWAITING,
    )  # fmt: skip


def lying(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# The night


def test_only_what_no_row_names_goes_and_only_when_it_is_old(files, uploads):
    [known] = Upload.objects.values_list("name", flat=True)
    stray = keeping.keep(b"nobody's")
    (uploads / "elsewhere").mkdir()
    (uploads / "elsewhere" / "file").write_text("x")
    assert keeping.clean() == 0
    assert keeping.clean(timezone.now() + timedelta(hours=23)) == 0  # its request may still go on
    assert lying(uploads) == {known, stray, "elsewhere/file"}

    assert keeping.clean(timezone.now() + timedelta(hours=25)) == 2
    assert lying(uploads) == {known}


def test_nothing_was_ever_uploaded(uploads):
    clean(0)
    assert not uploads.exists()


def test_a_rolled_back_deletion_keeps_the_file(files, uploads):
    with transaction.atomic():
        FileSet.objects.get(pk=files.pk).delete()
        transaction.set_rollback(True)
    later = timezone.now() + timedelta(days=2)
    assert (keeping.clean(later), len(lying(uploads))) == (0, 1)

    FileSet.objects.get(pk=files.pk).delete()
    assert len(lying(uploads)) == 1  # the request deletes no file
    assert (keeping.clean(later), lying(uploads)) == (1, set())


def test_a_rolled_back_upload_leaves_a_file_for_the_night(files, uploads):
    with transaction.atomic():
        add_upload(files)
        transaction.set_rollback(True)
    assert (Upload.objects.count(), len(lying(uploads))) == (1, 2)
    assert keeping.clean(timezone.now() + timedelta(days=2)) == 1


def test_a_row_without_its_file_is_named(files, uploads, caplog):
    name = files.newest.name
    (uploads / name).unlink()
    with caplog.at_level(logging.ERROR):
        keeping.clean()
    assert [record.getMessage() for record in caplog.records] == [
        f"The file of an upload is not in the storage: {name}"
    ]


# Handing out


def test_what_a_download_says_of_itself(files, rf: RequestFactory):
    upload = files.newest
    response = attachment(rf.get("/", headers={"accept-encoding": "gzip"}), upload)
    assert hashlib.sha256(response.content).hexdigest() == upload.checksum
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(upload.size),
        "Content-Disposition": "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, no-store",
    }


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(pdf(b"other"))])
def test_a_lost_or_changed_file_is_not_handed_out(files, uploads, rf, spoil, caplog):
    from django.http import Http404

    spoil(uploads / files.newest.name)
    with pytest.raises(Http404):
        attachment(rf.get("/"), files.newest)
    assert f"The file of upload {files.newest.pk} is not in the storage as it came" in caplog.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Été à Moncton.pdf",
            "filename=\"Ete a Moncton.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%C3%A0%20Moncton.pdf",
        ),
        ("計画.pdf", "filename=\".pdf\"; filename*=UTF-8''%E8%A8%88%E7%94%BB.pdf"),
        ("a'b (1).pdf", "filename=\"a_b _1_.pdf\"; filename*=UTF-8''a%27b%20%281%29.pdf"),
    ],
)
def test_names_go_out_in_two_forms(name, said):
    row = Upload(original_name=names.judged(name, Format.PDF), format=Format.PDF)
    assert names.content_disposition(row) == f"attachment; {said}"


def test_a_name_is_cut_and_cleaned():
    assert names.judged("a" * 300 + ".PDF", Format.PDF) == "a" * 116 + ".pdf"
    assert names.judged(" x\u200b\u202ey\x07.pdf ", Format.PDF) == "xy.pdf"
    for name in ('a"b.pdf', "a;b.pdf", "a\\b.pdf", "a/b.pdf", " .pdf"):
        with pytest.raises(NameRefused):
            names.judged(name, Format.PDF)


# Coming in


def test_a_file_beyond_the_limit_is_counted_and_not_written():
    handler = BoundedFileUploadHandler()
    handler.new_file("file", "x.pdf", "application/pdf", None)
    for n in range(12):
        handler.receive_data_chunk(b"x" * (LARGEST // 4), n * (LARGEST // 4))
    file: TemporaryUploadedFile = handler.file_complete(3 * LARGEST)
    assert (file.size, file.file.seek(0, 2)) == (3 * LARGEST, LARGEST + LARGEST // 4)
    with pytest.raises(FileRefused, match="larger than 10"):
        checking.examine(file)
    file.close()


def test_a_picture_loses_what_is_beside_its_pixels():
    marked = Image.new("RGB", (40, 20), "red")
    exif = marked.getexif()
    exif[0x010E], exif[0x0112] = "Somebody's garden", 6  # a description; turned by a quarter
    written = BytesIO()
    marked.save(written, "JPEG", exif=exif, comment=b"secret")
    assert b"garden" in written.getvalue()

    found = checking.examine(ContentFile(written.getvalue(), name="photo.jpeg"))

    again = Image.open(BytesIO(found.content))
    assert (again.size, again.format, dict(again.getexif())) == ((20, 40), "JPEG", {})
    assert b"garden" not in found.content
    assert b"secret" not in found.content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_written_anew(mode):
    found = checking.examine(ContentFile(picture(mode=mode), name="chart.png"))
    assert Image.open(BytesIO(found.content)).size == (40, 30)


def test_a_transparent_palette_stays_transparent():
    chart, written = Image.new("P", (40, 30), 0), BytesIO()
    chart.putpalette([250, 250, 250, 0, 90, 90])
    chart.putpixel((5, 5), 1)
    chart.save(written, "PNG", transparency=0)
    again = Image.open(BytesIO(checking.examine(ContentFile(written.getvalue(), name="chart.png")).content))
    assert [again.getpixel(place)[3] for place in ((0, 0), (5, 5))] == [0, 255]


def test_a_picture_that_grows_beyond_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr("iqn.files.pictures.LARGEST", 20)
    with pytest.raises(FileRefused, match="larger than 10"):
        checking.examine(ContentFile(picture(), name="chart.png"))


def test_links_and_own_templates_of_a_document_are_fine():
    relations = (
        '<Relationship Id="a" Type="http://x/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        '<Relationship Id="b" Type="http://x/attachedTemplate" Target="file:///C:\\T\\n.dotx" TargetMode="External"/>'
    )
    found = checking.examine(
        ContentFile(docx({"word/_rels/settings.xml.rels": RELATIONS.format(relations)}), name="plan.docx")
    )
    assert found.format == Format.DOCX


def test_packed_objects_that_cannot_be_read_are_left_to_the_readers_program():
    content = pdf(b"<< /Type /ObjStm /Length 3 >>\nstream\nxyz\nendstream")
    assert checking.examine(ContentFile(content, name="plan.pdf")).content == content


def test_what_nobody_knows_is_no_file(monkeypatch):
    import puremagic

    def fails(content):
        raise puremagic.PureError("nothing")

    for answer in (fails, lambda content: []):
        monkeypatch.setattr("iqn.files.checking.puremagic.magic_string", answer)
        with pytest.raises(FileRefused, match="Only PDF"):
            checked()


# Versions and their pair


def test_versions_and_translations_belong_together(files):
    by = PersonFactory()
    french = add_upload(files, language="fr", by=by)
    files = FileSet.objects.get(pk=files.pk)
    assert (files.translation, files.pair, french.translates) == ("translated", french, files.newest)

    second = add_upload(files, by=by)
    files = FileSet.objects.get(pk=files.pk)
    assert (second.number, second.replaces, files.newest) == (2, french.translates, second)
    assert (files.translation, files.pair, files.newest_translation) == ("awaiting", None, french)

    third = add_upload(files, by=by)
    files = FileSet.objects.get(pk=files.pk)
    assert (third.number, files.translation) == (3, "awaiting")


def test_translated_is_only_what_is(files):
    said = {"kind": "report", "title_en": "", "title_fr": "Un plan"}
    with pytest.raises(NothingToTranslate):
        actions.describe(by=PersonFactory(), file_set=files, translation="translated", **said)
    add_upload(files, language="fr")
    files = actions.describe(by=PersonFactory(), file_set=files, translation="translated", **said)
    assert (files.kind, files.title, files.title_language) == ("report", "Un plan", "fr")


def test_rows_read_well(files):
    assert (str(files), str(files.newest)) == ("A plan", "plan.pdf")
