"""Hands a file out: always as a download, never as a page of this site. Whoever calls has asked for permission."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse

from iqn.files import keeping
from iqn.files.models import Upload
from iqn.files.names import content_disposition

log = logging.getLogger(__name__)

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def attachment(request: HttpRequest, upload: Upload, *, name: str = "") -> HttpResponse:
    """`name` is how the copy is called, without its ending; else as it was when it came. A file is small enough to be
    read whole, and so it is compared with what came in before any of it leaves."""
    try:
        content = keeping.content_of(upload)
    except FileNotFoundError as exc:
        log.error("The file of upload %s is not in the storage as it came", upload.pk)
        raise Http404 from exc
    # All four formats are packed already: to pack them again takes time for nothing
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = HttpResponse(content, content_type=upload.media_type)
    response["Content-Length"] = str(len(content))
    response["Content-Disposition"] = content_disposition(upload, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
