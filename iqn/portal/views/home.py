"""The splash page, the choice of language, and the home page of each kind of reader."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from iqn.access import is_member, is_staff
from iqn.portal import homes
from iqn.portal import queue as waiting
from members.choices import MembershipState

OLDEST_WAITING = 5


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
    """Each finds first what they come for."""
    user = request.user
    if is_staff(user):
        return _staff(request)
    if is_member(user):
        return _member(request)
    if user.is_authenticated and user.standing in (
        None,
        MembershipState.APPLIED,
        MembershipState.NEEDS_INFORMATION,
    ):
        return _applicant(request)
    return _public(request)


def _public(request: HttpRequest) -> HttpResponse:
    """Strangers, and people whose application was declined or who have left: they also read where they stand."""
    context = {
        "figures": homes.figures(request.user),
        "newest": homes.newest_initiatives(request.user),
        "standing": homes.standing(request.user),
    }
    return render(request, "portal/home_public.html", context)


def _applicant(request: HttpRequest) -> HttpResponse:
    context = {
        "standing": homes.standing(request.user),
        "newest": homes.newest_initiatives(request.user),
        "strips": homes.strips(request.user),
    }
    return render(request, "portal/home_applicant.html", context)


def _member(request: HttpRequest) -> HttpResponse:
    person = request.user.person
    context = {
        "newest": homes.newest_initiatives(request.user),
        "posts": homes.own_posts(person),
        "questions": homes.open_questions(person),
        "group_work": homes.group_work(request.user),
    }
    return render(request, "portal/home_member.html", context)


def _staff(request: HttpRequest) -> HttpResponse:
    context = {
        "queue": waiting.look(OLDEST_WAITING),
        "newest": homes.newest_initiatives(request.user),
        "strips": homes.strips(request.user),
    }
    return render(request, "portal/home_staff.html", context)
