"""Letters that a person may switch off. Apps offer theirs in `AppConfig.ready`; all others always go out.

A row is written only where somebody chose; what nobody chose is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models

from iqn import links
from iqn.mail.models import MailChoice

LINK = "mail.preferences"
LINKS_LAST = timedelta(days=400)  # a link in an old letter still stops the next one


@dataclass(frozen=True)
class Offer:
    event: str
    label: Any  # when such a letter is written


_offers: dict[str, Offer] = {}


def offer(event: str, label: Any) -> None:
    _offers[event] = Offer(event, label)


def offers() -> list[Offer]:
    return list(_offers.values())


def wants(person: models.Model | None, event: str) -> bool:
    """Asked when a letter is queued, and again when its turn comes."""
    if person is None or event not in _offers:
        return True
    return not MailChoice.objects.filter(person=person, event=event, is_wanted=False).exists()


def in_force(person: models.Model) -> dict[str, bool]:
    """Each letter that may be switched off, and whether it is sent today."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("event", "is_wanted"))
    return {event: chosen.get(event, True) for event in _offers}


def settings_url(person: models.Model, language: str) -> str:
    """For the foot of a letter: opens the settings without signing in."""
    return links.absolute("portal:letters-by-link", language, token=links.token(LINK, person=person.pk))


def move_to_account(old: models.Model, new: models.Model) -> None:
    """What somebody chose before they had an account holds, unless the account has chosen for itself."""
    chosen = MailChoice.objects.filter(person=new).values("event")
    MailChoice.objects.filter(person=old).exclude(event__in=chosen).update(person=new)
