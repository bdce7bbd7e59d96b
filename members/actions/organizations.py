"""Organizations as members name them."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from iqn.history.official_texts import add_official_text, change_official_text
from iqn.history.recording import record
from iqn.reference.models import Jurisdiction, StakeholderType
from members.errors import HalfNamed, KindMissing
from members.models import Organization, Person


def find_or_name(
    *,
    by: Person,
    name: str,
    language: str,
    kind: StakeholderType | None,
    jurisdiction: Jurisdiction | None = None,
) -> Organization:
    """The organization that this person may know by this name, or a new one that staff have not confirmed yet, named
    in one language."""
    known = Organization.objects.known_to(by).named(name)
    if known is not None:
        return known
    if kind is None:
        raise KindMissing
    name = " ".join(name.split())
    # Always with letters of chance: a short name that is taken would tell that somebody else has named it too
    slug = f"{slugify(name)[:70] or 'organization'}-{secrets.token_hex(4)}"
    return Organization.objects.create(
        slug=slug, **{f"name_{language}": name}, kind=kind, jurisdiction=jurisdiction
    )


@transaction.atomic
def add(*, by: Person | None, organization: Organization) -> Organization:
    _refuse_half(organization)
    return add_official_text(by=by, row=organization)


@transaction.atomic
def change(
    *, by: Person | None, organization: Organization, stamp: str, values: dict[str, Any]
) -> Organization:
    """Change an organization that still reads as it did when the form was filled in (else ChangedMeanwhile)."""
    saved = change_official_text(by=by, row=organization, stamp=stamp, values=values)
    _refuse_half(saved)
    return saved


def _refuse_half(organization: Organization) -> None:
    """What everyone sees stands in both languages. Members name an organization in one; staff add the other."""
    if organization.is_confirmed and not organization.is_complete_in_both:
        raise HalfNamed(name=str(organization))


@transaction.atomic
def confirm(*, by: Person | None, organization: Organization) -> Organization:
    """Staff know that it exists and is described rightly: from now on everyone sees its page."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if not organization.is_confirmed:
        organization.is_confirmed = True
        _refuse_half(organization)
        organization.save(update_fields=["is_confirmed"])
        record(
            by=by, verb="members.organization_confirmed", target=organization, for_staff=True,
            phrase=_("%(actor)s confirmed %(organization)s."), organization=lambda: str(organization),
        )  # fmt: skip
    return organization
