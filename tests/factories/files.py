"""Documents with a file that is really there."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone

from iqn.files import actions
from iqn.files.checking import examine
from iqn.files.models import FileSet, Upload
from tests.factories.members import PersonFactory
from tests.files.samples import pdf
from workgroups.groups.models import Document


def checked(name: str = "plan.pdf", content: bytes | None = None):
    return examine(ContentFile(pdf() if content is None else content, name=name))


def add_upload(files: FileSet, *, language: str = "en", by=None, **file) -> Upload:
    by = by or files.uploads.first().uploaded_by
    return actions.add(by=by, file_set=files, checked=checked(**file), language=language)


def DocumentFactory(*, group, added_by=None, is_withdrawn: bool = False, **values) -> Document:  # noqa: N802
    """One version in English, for the roster."""
    by = added_by or PersonFactory()
    said = {
        name: values.pop(name, default)
        for name, default in {
            "kind": "paper", "language": "en", "title_en": "A plan", "title_fr": "", "translation": "awaiting",
        }.items()
    }  # fmt: skip
    if is_withdrawn:
        values |= {"withdrawn_at": timezone.now(), "withdrawal_reason": "It was wrong."}
    number = group.documents.count() + 1
    files = actions.begin(by=by, checked=checked(), **said)
    return Document.objects.create(group=group, number=number, files=files, added_by=by, **values)
