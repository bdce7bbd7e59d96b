"""Documents of a group: they come, get further versions and translations, are described, and may be withdrawn."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn import limits
from iqn.files import actions as files
from iqn.files.checking import Checked
from iqn.files.models import Upload
from iqn.history.recording import record
from members.models import Person
from workgroups.groups.actions.locking import open_group
from workgroups.groups.choices import Part
from workgroups.groups.errors import DocumentIsWithdrawn, StaleVersion
from workgroups.groups.models import Document, Group

AN_HOUR = 60  # files


def add(*, by: Person, group: Group, visibility: str = Part.ROSTER, **values: Any) -> Document:
    """`values` are those of iqn.files.actions.begin."""
    limits.check("upload", by.pk, AN_HOUR, 3600)
    return _add(by=by, group=group, visibility=visibility, values=values)


@transaction.atomic
def _add(*, by: Person, group: Group, visibility: str, values: dict[str, Any]) -> Document:
    group = open_group(group)
    last = group.documents.aggregate(last=Max("number"))["last"] or 0
    document = Document.objects.create(
        group=group, number=last + 1, files=files.begin(by=by, **values), visibility=visibility, added_by=by
    )
    _tell(by, "added", _("%(actor)s added the document %(document)s."), document)
    return document


def add_file(*, by: Person, document: Document, checked: Checked, language: str) -> Upload:
    """A new version, or the translation of the newest one: the language tells."""
    limits.check("upload", by.pk, AN_HOUR, 3600)
    return _add_file(by=by, document=document, checked=checked, language=language)


@transaction.atomic
def _add_file(*, by: Person, document: Document, checked: Checked, language: str) -> Upload:
    document = _changeable(document)
    upload = files.add(by=by, file_set=document.files, checked=checked, language=language)
    document.changed_at = upload.uploaded_at
    document.version += 1
    document.save(update_fields=["changed_at", "version"])
    if upload.translates is not None:
        _tell(by, "translated", _("%(actor)s added a translation of %(document)s."), document)
    else:
        _tell(by, "replaced", _("%(actor)s added a new version of %(document)s."), document)
    return upload


@transaction.atomic
def describe(
    *, by: Person, document: Document, version: int, visibility: str = "", **values: Any
) -> Document:
    """Title, kind, translation; and who may read it, where the writer may say so."""
    document = _changeable(document)
    if document.version != version:
        raise StaleVersion
    before, shown_to = document.files, document.visibility
    unchanged = all(getattr(before, name) == value for name, value in values.items())
    if unchanged and visibility in ("", shown_to):
        return document
    document.files = files.describe(by=by, file_set=before, **values)
    document.visibility = visibility or shown_to
    document.version += 1
    document.save(update_fields=["visibility", "version"])
    if document.visibility == shown_to:
        _tell(by, "described", _("%(actor)s changed what is said about %(document)s."), document)
    else:
        _tell(
            by, "shown", _("%(actor)s changed who may read %(document)s: %(readers)s."), document,
            readers=lambda: Part(document.visibility).label,
        )  # fmt: skip
    return document


@transaction.atomic
def withdraw(*, by: Person, document: Document, reason: str, language: str) -> Document:
    """The page stays, so that nothing that names the document leads nowhere; its files are not handed out any more."""
    document = _changeable(document)
    document.withdrawn_at = timezone.now()
    document.withdrawal_reason, document.withdrawal_language = reason, language
    document.version += 1
    document.save(update_fields=["withdrawn_at", "withdrawal_reason", "withdrawal_language", "version"])
    _tell(by, "withdrawn", _("%(actor)s withdrew %(document)s."), document)
    return document


def _changeable(document: Document) -> Document:
    """The locked row, in a group that may still change."""
    open_group(document.group)
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.is_withdrawn:
        raise DocumentIsWithdrawn
    return locked


def _tell(by: Person, verb: str, phrase: Any, document: Document, **values: Any) -> None:
    record(
        by=by,
        verb=f"groups.document_{verb}",
        phrase=phrase,
        target=document,
        document=document.identifier,
        **values,
    )
