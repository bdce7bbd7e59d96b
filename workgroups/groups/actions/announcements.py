"""An announcement goes to everybody on the roster of today, one letter each."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqn import limits
from iqn.history.recording import record
from members.models import Person
from workgroups.groups import notifications
from workgroups.groups.actions.locking import open_group
from workgroups.groups.errors import NobodyToReach
from workgroups.groups.models import Announcement, Group

A_DAY = 10  # of one group


def reached(group: Group) -> int:
    """How many people a letter to the roster would reach now."""
    return len(notifications.reachable(group))


def announce(*, by: Person, group: Group, subject: str, text: str, language: str) -> Announcement:
    limits.check("announcement", group.pk, A_DAY, 24 * 3600)
    return _announce(by=by, group=group, subject=subject, text=text, language=language)


@transaction.atomic
def _announce(*, by: Person, group: Group, subject: str, text: str, language: str) -> Announcement:
    group = open_group(group)
    announcement = Announcement.objects.create(
        group=group, subject=subject, text=text, language=language, sent_by=by
    )
    announcement.letters = notifications.announce(announcement)
    if not announcement.letters:
        raise NobodyToReach
    announcement.save(update_fields=["letters"])
    record(
        by=by, verb="groups.announcement_sent", target=group, group=lambda: str(group),
        phrase=_("%(actor)s wrote to the roster of %(group)s."), data={"announcement": announcement.pk},
    )  # fmt: skip
    return announcement
