"""Who works where, from when until when."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from iqn.reference.models import StakeholderType
from members.actions import organizations
from members.errors import NotWorkingThere, WorksThereAlready
from members.models import Affiliation, Person


@transaction.atomic
def change_employer(
    *,
    by: Person,
    day: date,
    ended: Affiliation | None = None,
    organization: str = "",
    kind: StakeholderType | None = None,
    title: str = "",
) -> Person:
    """End one affiliation on `day`, begin another on the same day, or both. Nothing is overwritten."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    if ended is not None:
        _end(ended, person=person, day=day)
    if organization:
        _begin(person, organization=organization, kind=kind, title=title, day=day)
    return person


def _end(affiliation: Affiliation, *, person: Person, day: date) -> None:
    affiliation = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
    if affiliation.person_id != person.pk or affiliation.until is not None or day < affiliation.since:
        raise NotWorkingThere
    affiliation.until = day
    affiliation.save(update_fields=["until"])
    _record(
        person, "members.affiliation_ended", _("%(actor)s no longer works at %(organization)s."), affiliation
    )


def _begin(
    person: Person, *, organization: str, kind: StakeholderType | None, title: str, day: date
) -> Affiliation:
    employer = organizations.find_or_name(
        by=person, name=organization, language=person.language, kind=kind, jurisdiction=person.jurisdiction
    )
    if person.affiliations.filter(organization=employer, until=None).exists():
        raise WorksThereAlready
    affiliation = Affiliation.objects.create(person=person, organization=employer, title=title, since=day)
    _record(person, "members.affiliation_begun", _("%(actor)s works at %(organization)s."), affiliation)
    return affiliation


def _record(person: Person, verb: str, phrase, affiliation: Affiliation) -> None:
    employer = affiliation.organization
    record(by=person, verb=verb, phrase=phrase, target=person, organization=lambda: str(employer))


@transaction.atomic
def correct(
    *, by: Person, affiliation: Affiliation, title: str, since: date, until: date | None
) -> Affiliation:
    """Staff put right what was typed wrongly."""
    affiliation = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
    affiliation.title, affiliation.since, affiliation.until = title, since, until
    affiliation.save(update_fields=["title", "since", "until"])
    record(
        by=by, verb="members.affiliation_corrected", target=affiliation.person, for_staff=True,
        phrase=_("%(actor)s corrected where %(person)s works."), person=affiliation.person,
    )  # fmt: skip
    return affiliation
