"""How long something has waited, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext


def age_words(since: datetime, now: datetime) -> str:
    waited = max(now - since, timedelta())
    if waited.days:
        return ngettext("%(count)s day", "%(count)s days", waited.days) % {"count": waited.days}
    hours = waited.seconds // 3600
    if hours:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return gettext("under 1 hour")
