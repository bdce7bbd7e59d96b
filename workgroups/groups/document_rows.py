"""Documents as lists and pages show them: prepared once, so that no template asks for each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from iqn.bilingual import reading_language
from iqn.files.models import Upload
from workgroups.groups.choices import Part
from workgroups.groups.home import Section
from workgroups.groups.models import Document, Group

SHOWN = 4


@dataclass(frozen=True)
class FileLine:
    upload: Upload
    url: str
    is_newest: bool  # of its language
    translates: Upload | None
    is_behind: bool  # the text has a newer version than the one that it translates


@dataclass(frozen=True)
class DocumentRow:
    document: Document
    title: str
    language: str  # of the title
    url: str
    files: list[FileLine]
    is_restricted: bool

    @property
    def newest(self) -> list[FileLine]:
        """One in each language, that of the reader first."""
        found = [line for line in self.files if line.is_newest]
        return sorted(found, key=lambda line: line.upload.language != reading_language())


def row_of(document: Document) -> DocumentRow:
    files = document.files
    return DocumentRow(
        document,
        files.title,
        files.title_language,
        document.get_absolute_url(),
        list(_lines(document)),
        document.visibility != Part.PUBLIC,
    )


def _lines(document: Document) -> Iterable[FileLine]:
    files = document.files
    versions = {upload.pk: upload for upload in files.versions}
    newest = {upload.pk for upload in (files.newest, files.newest_translation) if upload}
    for upload in files.versions:
        address = [document.group.slug, document.identifier, upload.pk]
        source = versions.get(upload.translates_id or 0)
        is_behind = upload.pk in newest and source is not None and source.pk not in newest
        yield FileLine(
            upload, reverse("groups:document-download", args=address), upload.pk in newest, source, is_behind
        )


def latest_documents(group: Group, user) -> Section | None:
    """On the group's home page. Nothing where this reader sees none and may add none."""
    rows = Document.objects.visible_to(user).filter(group=group).current().with_files().latest_first()
    documents = [row_of(document) for document in rows[:SHOWN]]
    may_upload = user.has_perm("groups.upload_document", group)
    if not documents and not may_upload:
        return None
    return Section(
        "groups/_latest_documents.html", {"group": group, "documents": documents, "may_upload": may_upload}
    )
