"""The group or the meeting that an address names, and the way back to it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from workgroups.groups.models import Group
from workgroups.meetings.identifiers import parts
from workgroups.meetings.models import Meeting


def group_of_address(request: HttpRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def meeting_of_address(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    """404 where the meeting belongs to another group than the address says."""
    rows = Meeting.objects.visible_to(request.user).select_related("group")
    return get_object_or_404(rows, group__slug=slug, **parts(identifier))


def group_only_trail(group: Group) -> list[tuple[str, str]]:
    return [(_("Work groups"), reverse("groups:list")), (str(group), group.get_absolute_url())]


def group_trail(group: Group) -> list[tuple[str, str]]:
    return [*group_only_trail(group), (_("Meetings"), reverse("meetings:list", args=[group.slug]))]


def meeting_trail(meeting: Meeting) -> list[tuple[str, str]]:
    return [*group_trail(meeting.group), (meeting.identifier, meeting.get_absolute_url())]


def posted(request: HttpRequest):
    """For a form: what was sent, or None for a page that is only opened."""
    return request.POST if request.method == "POST" else None
