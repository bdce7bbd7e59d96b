"""Hostile files through the page on which people upload: none is kept, none breaks the portal."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from iqn.files.models import FileSet, Upload
from tests.factories.workgroups import GroupFactory, make_term
from tests.files.hostile import FILES
from tests.files.samples import sent, sound
from workgroups.groups.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(sign_in, uploads):
    """Sends a file by the form of the group's co-chair."""
    term = make_term(GroupFactory(slug="nursing"), "Cora Chair", "co_chair")
    client, url = sign_in(term.person), reverse("groups:document-create", args=["nursing"])

    def send(name: str, content: bytes):
        data = {
            "file": sent(name, content), "language": "en", "title_en": "A plan", "kind": "paper",
            "translation": "not_needed", "visibility": "public",
        }  # fmt: skip
        return client.post(url, data)

    return send


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def rows() -> tuple[int, int, int]:
    return Document.objects.count(), FileSet.objects.count(), Upload.objects.count()


def test_there_are_enough():
    assert len(FILES) >= 50


@pytest.mark.parametrize("label", sorted(FILES))
def test_a_hostile_file_is_not_kept(label, upload, uploads):
    response = upload(*FILES[label])

    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (200, ["file"]), errors
    assert len(errors["file"]) == 1
    assert rows() == (0, 0, 0)
    assert kept(uploads) == []


@pytest.mark.parametrize("name", sorted(sound()))
def test_a_sound_file_is_kept(name, upload, uploads):
    response = upload(name, sound()[name])

    assert response.status_code == 302
    assert rows() == (1, 1, 1)
    [path] = kept(uploads)
    row = Upload.objects.get()
    assert (path.relative_to(uploads).as_posix(), path.stat().st_size) == (row.name, row.size)
    assert row.original_name == name
    assert (path.stat().st_mode & 0o777, path.suffix) == (0o600, "")


@pytest.mark.parametrize(
    "name",
    ["../../../../tmp/evil.pdf", "..\\..\\evil.pdf", "/etc/evil.pdf", "C:\\x\\evil.pdf", "evil\x00.pdf"],
)
def test_a_path_in_the_name_of_a_sound_file_leads_nowhere(name, upload, uploads):
    """What browsers of old sent with the name is cut off before anybody sees it."""
    file = sent("x.pdf", sound()["plan.pdf"])
    file._name = name  # what a browser would not send, and others do

    response = upload(name, file.read())

    assert response.status_code == 302
    [path] = kept(uploads)
    row = Upload.objects.get()
    assert path.relative_to(uploads).as_posix() == row.name
    assert row.original_name == "evil.pdf"
    assert not Path("/tmp/evil.pdf").exists()
