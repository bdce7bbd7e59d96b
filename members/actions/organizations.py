"""Organizations as members name them."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.reference.models import Jurisdiction, StakeholderType
from members.errors import KindMissing
from members.models import Organization, Person


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
    named = {f"name_{language}": name, **values}
    try:
        with transaction.atomic():
            return Organization.objects.create(slug=slug, **named)
    except IntegrityError:  # another organization has this short name
        return Organization.objects.create(slug=f"{slug}-{secrets.token_hex(4)}", **named)


@transaction.atomic
def confirm(*, by: Person | None, organization: Organization) -> Organization:
    """Staff know that it exists and is described rightly: from now on everyone sees its page."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if not organization.is_confirmed:
        organization.is_confirmed = True
        organization.save(update_fields=["is_confirmed"])
        record(
            by=by, verb="members.organization_confirmed", target=organization, for_staff=True,
            phrase=_("%(actor)s confirmed %(organization)s."), organization=lambda: str(organization),
        )  # fmt: skip
    return organization
