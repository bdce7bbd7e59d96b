"""Error pages in the reader's language, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from iqn.limits import RateLimited


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    if isinstance(exception, RateLimited):
        return too_many(request, retry_after=exception.retry_after)
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly an old tab: says how to send the form again without losing what was typed."""
    return render(request, "403_csrf.html", status=403)


def too_many(request: HttpRequest, exception=None, *, retry_after: int = 60) -> HttpResponse:
    response = render(request, "429.html", {"minutes": max(1, round(retry_after / 60))}, status=429)
    response["Retry-After"] = str(retry_after)
    return response


def conflict(request: HttpRequest, context: dict) -> HttpResponse:
    """Somebody else saved first: both texts side by side, nothing lost."""
    return render(request, "409.html", context, status=409)


def server_error(request: HttpRequest) -> HttpResponse:
    """Static, in both languages: whatever failed may be what a template needs."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
