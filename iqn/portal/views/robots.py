"""What search engines are asked to leave alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

LEFT_ALONE = (
    "portal:search",
    "portal:queue",
    "members:account",
    "members:application-status",
    "account_login",
)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    paths = ["/admin/"]
    for language in ("en", "fr"):
        with translation.override(language):
            paths += [reverse(name) for name in LEFT_ALONE]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
