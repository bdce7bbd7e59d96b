"""`record` writes the event of an action, in the action's transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import translation
from django.utils.functional import Promise

from iqn.history.models import Event


def _sentence(phrase: Any, language: str, values: dict[str, Any]) -> str:
    with translation.override(language):
        # Values may be lazy strings or callables too: each language gets its own words
        spoken = {
            name: str(value() if callable(value) and not isinstance(value, Promise) else value)
            for name, value in values.items()
        }
        return (str(phrase) % spoken)[:500]


def record(
    *,
    by: models.Model | None,
    verb: str,
    phrase: Any,
    target: models.Model,
    for_staff: bool = False,
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Event:
    """Write what happened. `phrase` is a lazy translation with %(name)s places, filled in both languages.

    `by` is the acting Person, or None for the portal itself; %(actor)s is always filled. The text must not hold
    contact details.
    """
    values = {"actor": _actor_name(by), **values}
    return Event.objects.create(
        actor=by,
        actor_name=_actor_name(by) if by is not None else "",
        verb=verb,
        sentence_en=_sentence(phrase, "en", values),
        sentence_fr=_sentence(phrase, "fr", values),
        target_kind=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        for_staff=for_staff,
        data=data or {},
    )


def _actor_name(by: models.Model | None) -> str:
    return str(by)[:200] if by is not None else "IQN"
