"""Terms of reference: one draft at a time; what is adopted never changes, a later version replaces it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.actions.locking import open_group
from workgroups.groups.errors import AdoptedBeforeTheLast, NotInBothLanguages, StaleVersion
from workgroups.groups.models import Group, TermsOfReference


@transaction.atomic
def save_draft(*, by: Person, group: Group, stamp: str, values: dict[str, Any]) -> TermsOfReference:
    """Begin the next version or change its draft. `stamp` is that of the draft that was read, empty where there was none."""
    group = open_group(group)
    draft = group.terms_of_reference.filter(adopted_on__isnull=True).first()
    if (draft.stamp if draft else "") != stamp:
        raise StaleVersion
    if draft is None:
        last = group.terms_of_reference.first()
        draft = TermsOfReference(group=group, number=last.number + 1 if last else 1)
    values = dict(values)
    expected = values.pop("expected_types")
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save()
    draft.expected_types.set(expected)
    record(
        by=by, verb="groups.terms_of_reference_drafted", target=group, for_staff=True, group=lambda: str(group),
        phrase=_("%(actor)s changed the draft of the terms of reference of %(group)s."),
    )  # fmt: skip
    return draft


@transaction.atomic
def adopt(
    *, by: Person, draft: TermsOfReference, adopted_on: date, review_by: date | None
) -> TermsOfReference:
    group = open_group(draft.group)
    draft = TermsOfReference.objects.select_for_update().get(pk=draft.pk)
    if not draft.is_draft:
        raise StaleVersion
    if not draft.is_complete_in_both:
        raise NotInBothLanguages
    last = group.terms_of_reference.adopted().first()
    if last is not None and adopted_on < last.adopted_on:
        raise AdoptedBeforeTheLast
    draft.adopted_on, draft.review_by = adopted_on, review_by
    draft.save()
    record(
        by=by, verb="groups.terms_of_reference_adopted", target=group, group=lambda: str(group), number=draft.number,
        phrase=_("%(group)s has new terms of reference: version %(number)s."),
    )  # fmt: skip
    return draft
