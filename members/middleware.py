"""What an account changes for every request."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation


class AccountLanguage:
    """Where the address does not say the language (the admin), the one last worked in holds, else the account's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if translation.get_language_from_path(request.path_info) or not request.user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = _last_worked_in(request) or request.user.language
        with translation.override(request.LANGUAGE_CODE):
            return self.get_response(request)


def _last_worked_in(request: HttpRequest) -> str:
    """From the cookie that every page of the portal sets when the language changes."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if language in dict(settings.LANGUAGES) else ""


class SecondFactorForStaff:
    """Staff without a second factor are led to enrol one before anything else opens to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        request.needs_second_factor = _needs_second_factor(request.user)
        if not request.needs_second_factor or _may_go_without(request):
            return None
        if request.method == "GET":
            request.session[ASKED_FOR] = request.get_full_path()
        return redirect("mfa_index")


# Where somebody wanted to go; the page of second factors links there once there is one
ASKED_FOR = "asked_for_before_second_factor"
# Signing in and out, enrolling, and the two reauthentications on the way there
OPEN_PREFIXES = ("account_", "mfa_", "usersessions_")
OPEN_NAMES = ("splash", "health", "csp-report")


def _needs_second_factor(user) -> bool:
    return bool(
        settings.STAFF_NEED_SECOND_FACTOR and getattr(user, "is_staff", False) and not user.has_second_factor
    )


def _may_go_without(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name or ""
    return name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES
