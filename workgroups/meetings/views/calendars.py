"""What calendars subscribe to: a group's meetings for everyone, and a person's own with the way in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn import links
from members.models import User
from workgroups.groups.models import Group
from workgroups.meetings import calendar
from workgroups.meetings.choices import MeetingState
from workgroups.meetings.models import Meeting
from workgroups.meetings.views.fetching import group_of_address

OWN_CALENDAR = "meetings.own_calendar"
LASTS = timedelta(days=3650)
SHOWN_BACK = timedelta(days=400)


@login_not_required
@require_safe
def group_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Public facts only: when, where, whether."""
    group = group_of_address(request, slug)
    meetings = _dated(Meeting.objects.filter(group=group).visible_to(request.user))
    return _answer(calendar.feed(meetings, name=str(group), with_links=False), f"{group.code}.ics")


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The address is the key: it ends with a new password, and its rights end with the terms."""
    try:
        values = links.read(OWN_CALENDAR, token, lasts=LASTS)
    except (links.LinkExpired, links.LinkDamaged) as exc:
        raise Http404 from exc
    user = User.objects.filter(pk=values["user"], is_active=True).select_related("person").first()
    if user is None or not any(constant_time_compare(values["key"], key) for key in _keys(user)):
        raise Http404
    groups = Group.objects.of_person(user.person)
    meetings = _dated(Meeting.objects.filter(group__in=groups).visible_to(user))
    response = _answer(calendar.feed(meetings, name=_("My meetings"), with_links=True), "iqn.ics")
    response["X-Robots-Tag"] = "noindex"
    return response


def own_calendar_address(user: Any) -> str:
    token = links.token(OWN_CALENDAR, user=user.pk, key=_keys(user)[0])
    return settings.SITE_ORIGIN + reverse("meetings:own-calendar", args=[token])


def _keys(user: User) -> list[str]:
    """By the password; the first is that of today's secret key, the others are those of the keys before it."""
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return [each[:20] for each in hashes]


def _dated(rows):
    return (
        rows.exclude(starts_at=None)
        .exclude(state=MeetingState.NOT_NEEDED)
        .filter(starts_at__gte=timezone.now() - SHOWN_BACK)
        .select_related("group")
        .order_by("starts_at", "pk")
    )


def _answer(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
