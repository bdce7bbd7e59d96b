"""Organizations as members name them."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.reference.models import Jurisdiction, StakeholderType
from members.errors import KindMissing
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
