"""The language in which somebody reads is remembered, so that / leads there the next time."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path

A_YEAR = 365 * 24 * 60 * 60


class RememberLanguage:
    """Sets a cookie when a page under /en/ or /fr/ was opened in another language than the last time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = get_language_from_path(request.path_info)
        known = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if language and language != known and request.method == "GET" and response.status_code == 200:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.LANGUAGE_COOKIE_SECURE, httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite="Lax",
            )  # fmt: skip
        return response
