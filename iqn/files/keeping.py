"""Where files are kept: behind Django's storage API, under names that say nothing, in no folder that is served.

Nothing here deletes within a request: a transaction that is rolled back would leave a row without its file. What no row
names any more goes in the night, and only once it is older than any request.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

from iqn.files.models import Upload

log = logging.getLogger(__name__)

ALIAS = "uploads"
NO_REQUEST_LASTS = timedelta(days=1)


def storage() -> Storage:
    return storages[ALIAS]


def keep(content: bytes) -> str:
    """Writes the file and answers its name. Until its row is committed nothing points at it."""
    key = secrets.token_hex(20)
    return storage().save(f"{key[:2]}/{key}", ContentFile(content))


def content_of(upload: Upload) -> bytes:
    """What was kept, and nothing else: FileNotFoundError where the storage has lost or changed it."""
    with storage().open(upload.name, "rb") as file:
        content = file.read()
    if hashlib.sha256(content).hexdigest() != upload.checksum:
        raise FileNotFoundError(upload.name)
    return content


def clean(now: datetime | None = None) -> int:
    """Deletes what no row names; says which rows have lost their file. Answers how many files went."""
    oldest_kept = (now or timezone.now()) - NO_REQUEST_LASTS
    gone = 0
    for folder, names in _folders():
        known = set(Upload.objects.filter(name__startswith=f"{folder}/").values_list("name", flat=True))
        for name in names - known:
            if storage().get_modified_time(name) < oldest_kept:
                storage().delete(name)
                gone += 1
    for name in _lost():
        log.error("The file of an upload is not in the storage: %s", name)
    return gone


def _folders() -> Iterator[tuple[str, set[str]]]:
    try:
        folders, _files = storage().listdir("")
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for folder in sorted(folders):
        _folders_inside, files = storage().listdir(folder)
        yield folder, {f"{folder}/{name}" for name in files}


def _lost() -> Iterator[str]:
    present = {name for _folder, names in _folders() for name in names}
    for name in Upload.objects.order_by("pk").values_list("name", flat=True).iterator():
        if name not in present:
            yield name
