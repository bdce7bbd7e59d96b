"""Requests are read as UTF-8, the only encoding that our pages send. Others are refused, rather than guessed at.

Django decodes with whatever codec of Python the request names, `hex` and `rot13` among them, and does so before its
first middleware: what goes wrong there is answered by the web server without any of our headers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters

REFUSED = "iqn.encoding_refused"


def reads_utf8(application: Callable) -> Callable:
    """Around the WSGI application: hides from Django what it cannot read, and leaves a note for the middleware."""

    def answer(environ: dict[str, Any], start_response: Callable) -> Any:
        if not _is_utf8(environ.get("CONTENT_TYPE", "")):
            environ = {**environ, "CONTENT_TYPE": "", REFUSED: True}
        return application(environ, start_response)

    return answer


def _is_utf8(content_type: str) -> bool:
    try:
        _kind, parameters = parse_header_parameters(content_type)
    except ValueError:  # not even readable as a header
        return False
    return parameters.get("charset", "utf-8").lower() in ("utf-8", "utf8")


class RefuseOtherEncodings:
    """Answers as every damaged request is answered, in the language of the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if REFUSED in request.META:
            raise BadRequest("The request names another encoding than UTF-8.")
        return self.get_response(request)
