"""What base.html needs on every page: menu, the twin address in the other language, brand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iqn.access import is_member, is_staff
from iqn.bilingual import other_language, reading_language
from iqn.pages.links import footer_slugs


@dataclass(frozen=True)
class MenuItem:
    label: Any
    url: str
    is_current: bool


MENU = (
    # label, URL name, prefix or prefixes of names that count as "here", who sees it
    (_("Initiatives"), "initiatives:list", "initiatives:", "everyone"),
    (_("Work groups"), "groups:list", ("groups:", "meetings:"), "everyone"),
    (_("Organizations"), "members:organization-list", "members:organization", "everyone"),
    (_("Members"), "members:person-list", "members:person", "members"),
    (_("About"), "pages:about", "pages:", "everyone"),
    (_("Needs you"), "portal:queue", "portal:queue", "staff"),
)


def menu(request: HttpRequest) -> list[MenuItem]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    user = request.user
    shown = {"everyone": True, "members": is_member(user) or is_staff(user), "staff": is_staff(user)}
    return [
        MenuItem(label, reverse(name), bool(here) and here.startswith(prefix))
        for label, name, prefix, who in MENU
        if shown[who]
    ]


def twin_url(request: HttpRequest, language: str) -> str:
    """The same object in the other language. Views whose address holds a translated word set `request.twin_args`."""
    match = _where(request)
    with translation.override(language):
        if match is None or not translation.get_language_from_path(request.path_info):
            return reverse("portal:home")
        twins = getattr(request, "twin_args", {}).get(language)
        if twins:
            url = reverse(match.view_name, kwargs=twins)
        else:
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    query = request.GET.urlencode() if request.method == "GET" else ""
    return f"{url}?{query}" if query else url


def _where(request: HttpRequest) -> ResolverMatch | None:
    """The view of this address, also on an error page that no view made; None where the address leads nowhere."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
    return match if match.view_name else None


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Survives requests that never reached a view (errors)."""
    language = reading_language()
    other = other_language(language)
    known = {
        "other_language": other,
        "site_origin": settings.SITE_ORIGIN,
        "page_slugs": footer_slugs(),
        "contact_email": settings.CONTACT_EMAIL,
        "is_demo": settings.DEMO,
        "brand": settings.IQN_BRAND,
    }
    if not hasattr(request, "user"):
        return {**known, "menu": [], "other_url": f"/{other}/"}
    name = request.resolver_match.view_name if request.resolver_match else ""
    return {
        **known,
        "menu": menu(request),
        "other_url": twin_url(request, other),
        "is_sign_in_page": name == "account_login",
        "hide_search": name == "portal:search",  # that page has its own box
    }
