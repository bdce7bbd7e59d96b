"""NUR, ENG, LAW: the codes of groups, with which every identifier of theirs begins; NUR-DOC-03: their documents."""

from __future__ import annotations

import re

from iqn import identifiers
from iqn.identifiers import Identified
from workgroups.groups.models import Document, Group

DOCUMENT = r"([A-Z0-9]{1,5})-DOC-(\d{2,4})"


def document_rows(rows, identifier: str):
    """The rows with this identifier: one or none. Only its own spelling leads to it."""
    match = re.fullmatch(DOCUMENT, identifier, re.ASCII)
    if match is None or (len(match[2]) > 2 and match[2].startswith("0")):
        return rows.none()
    return rows.filter(group__code=match[1], number=int(match[2]))


def resolve_group(identifier: str, user) -> Identified | None:
    group = Group.objects.visible_to(user).filter(code=identifier).first()
    return Identified(group.code, str(group), group.get_absolute_url()) if group else None


def resolve_document(identifier: str, user) -> Identified | None:
    rows = Document.objects.visible_to(user).select_related("group", "files")
    document = document_rows(rows, identifier).first()
    if document is None:
        return None
    files = document.files
    return Identified(document.identifier, files.title, document.get_absolute_url(), files.title_language)


def register() -> None:
    identifiers.register(r"[A-Z]{2,5}", resolve_group)
    identifiers.register(DOCUMENT, resolve_document)
