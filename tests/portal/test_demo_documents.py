"""Demo documents: of each format, in both languages, made once."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from iqn.files.choices import Format
from iqn.files.models import Upload
from iqn.reference.loading import load_reference
from workgroups.groups.demo_documents import load_demo_documents
from workgroups.groups.models import Document, Group

pytestmark = pytest.mark.django_db


def test_they_are_there_once_and_can_be_read(settings, tmp_path, uploads):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    load_reference()
    assert load_demo_documents() is None  # without its group
    call_command("load_content")
    call_command("load_demo")
    call_command("load_demo")

    documents = Document.objects.with_files().order_by("number")
    assert [document.identifier for document in documents] == [f"NUR-DOC-0{n}" for n in (1, 2, 3, 4)]
    assert {row.format for row in Upload.objects.all()} == {Format.PDF, Format.DOCX, Format.PNG}
    first = documents[0]
    assert (first.files.translation, first.files.pair.number) == ("translated", 1)
    page = Client().get(first.get_absolute_url()).content.decode()
    for upload in first.files.versions:
        assert f"/{upload.pk}/" in page
    meeting = Group.objects.get(slug="nursing").meetings.upcoming().first()
    assert [paper.number for item in meeting.items.all() for paper in item.papers.order_by("number")] == [
        1,
        2,
    ]
