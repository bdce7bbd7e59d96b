"""Headers that Django and django-csp do not set."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
# The admin's own scripts assign HTML, which Trusted Types refuse
WITHOUT_TRUSTED_TYPES = ("/admin/",)


class PortalHeaders:
    """Outermost of our own: what it sets is on every answer, errors and redirects included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("TRACE", "TRACK", "CONNECT"):
            response = HttpResponse(status=405)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            # No shared cache may keep a page: it may show a name, a form's token or a draft
            response.headers["Cache-Control"] = "no-store"
            patch_vary_headers(response, ["Cookie"])
        return response


class WithoutTrustedTypesUnderAdmin:
    """Inside the policy's middleware: takes the two Trusted Types directives away where they cannot hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(WITHOUT_TRUSTED_TYPES):
            response._csp_replace = {  # type: ignore[attr-defined] # read by django-csp
                "require-trusted-types-for": None,
                "trusted-types": None,
            }
        return response
