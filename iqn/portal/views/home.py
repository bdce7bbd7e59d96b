"""The splash page, the choice of language, and the home page of each kind of reader."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def splash(request: HttpRequest) -> HttpResponse:
    """Offers both languages, unless the account or a cookie says which."""
    language = request.user.language if request.user.is_authenticated else None
    language = language or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if language in dict(settings.LANGUAGES):
        return redirect(f"/{language}/")
    return render(request, "portal/splash.html")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home_public.html")
