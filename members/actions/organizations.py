"""Organizations as members name them."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from iqn.reference.models import Jurisdiction, StakeholderType
from members.errors import KindMissing
from members.models import Organization


def find_or_name(
    *, name: str, language: str, kind: StakeholderType | None, jurisdiction: Jurisdiction | None = None
) -> Organization:
    """The organization known by this name, or a new one that staff have not confirmed yet, named in one language."""
    known = Organization.objects.named(name)
    if known is not None:
        return known
    if kind is None:
        raise KindMissing
    return _create(" ".join(name.split()), language, kind=kind, jurisdiction=jurisdiction)


def _create(name: str, language: str, **values) -> Organization:
    slug = slugify(name)[:70] or "organization"
    for ending in ("", f"-{secrets.token_hex(4)}"):
        try:
            with transaction.atomic():
                return Organization.objects.create(slug=slug + ending, **{f"name_{language}": name}, **values)
        except IntegrityError:  # another organization has this short name
            if ending:
                raise
    raise AssertionError("never reached")
