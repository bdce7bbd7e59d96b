"""While a request comes in: what is larger than any file may be is counted, and not written to the disk."""

from __future__ import annotations

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from iqn.files.choices import LARGEST


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """The form learns the true size, and refuses it by that."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= LARGEST:
            super().receive_data_chunk(raw_data, start)
