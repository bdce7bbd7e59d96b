"""Changing the vocabularies. Each leaves one event."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.reference.models import Occupation


def note_codes_changed(*, by: models.Model | None, occupation: Occupation) -> None:
    """The codes of an occupation were edited beside its name."""
    record(
        by=by,
        verb="reference.occupation_codes_changed",
        phrase=_("%(actor)s changed the classification codes of “%(title)s”: %(codes)s."),
        target=occupation,
        for_staff=True,
        title=lambda: str(occupation),
        codes=", ".join(str(code) for code in occupation.codes.all()) or "–",
    )
