"""Saving a row of official text: nobody's change is lost, and one event says who changed what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn import jobs
from iqn.bilingual import LANGUAGES, OfficialText
from iqn.history.recording import record

Text = TypeVar("Text", bound=OfficialText)

ADDED = _("%(actor)s added “%(title)s” (%(kind)s).")
CHANGED = _("%(actor)s changed “%(title)s” (%(kind)s).")
TRANSLATED = _("%(actor)s translated part of “%(title)s” (%(kind)s).")
FOUND_IN_STEP = _("%(actor)s found that both languages of “%(title)s” agree (%(kind)s).")


_followers: dict[type[OfficialText], set[str]] = {}


def follow(model: type[OfficialText], task: str) -> None:
    """Apps that keep words of `model` elsewhere name the task (with a queueing lock) that brings them up to date."""
    _followers.setdefault(model, set()).add(task)


class ChangedMeanwhile(Exception):
    """Somebody else saved the row since the form was filled in. `current` is what stands there now."""

    def __init__(self, current: OfficialText) -> None:
        super().__init__(str(current))
        self.current = current


@transaction.atomic
def add_official_text(*, by: models.Model | None, row: Text) -> Text:
    row.save()
    _tell(by, "added", ADDED, row)
    return row


@transaction.atomic
def change_official_text(
    *, by: models.Model | None, row: Text, stamp: str, values: dict[str, Any], phrase: Any = CHANGED,
    verb: str = "changed", in_step: Iterable[str] = (),
) -> Text:  # fmt: skip
    """Set these columns of a row whose stamp is still that of the form. Nothing to change leaves no event.

    `in_step` names fields of which somebody has compared both languages.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.stamp != stamp:
        raise ChangedMeanwhile(current)
    changed = {name: value for name, value in values.items() if getattr(current, name) != value}
    if not changed and not in_step:
        return current
    for name, value in changed.items():
        setattr(current, name, value)
    if in_step:
        current.declare_in_step(*in_step)
    _count(current, changed)
    current.save()
    _tell(by, verb, phrase, current)
    if _texts(current) & set(changed):
        for task in _followers.get(type(current), ()):
            jobs.enqueue_shared(task, priority=jobs.BACKGROUND)
    return current


def _texts(row: OfficialText) -> set[str]:
    return {f"{field}_{language}" for field in row.official_fields for language in LANGUAGES}


def _count(row: OfficialText, changed: dict[str, Any]) -> None:
    """Rows that number their versions or show a date of change keep both true."""
    if hasattr(row, "version"):
        row.version += 1
    if hasattr(row, "content_updated_on") and _texts(row) & set(changed):
        row.content_updated_on = timezone.localdate()


def _tell(by: models.Model | None, verb: str, phrase: Any, row: OfficialText) -> None:
    record(
        by=by,
        verb=f"{row._meta.label_lower}_{verb}",
        phrase=phrase,
        target=row,
        for_staff=True,
        title=lambda: str(row),
        kind=row._meta.verbose_name,
    )
