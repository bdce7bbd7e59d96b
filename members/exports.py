"""Columns of the lists of this app as CSV."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from iqn.exports import Column
from members.models import Person


def person_columns(user) -> list[Column]:
    """The directory as this reader sees it: a contact detail only where they may see it."""

    def detail(field: str):
        return lambda person: dict(person.contact_details_for(user)).get(field, "")

    return [
        Column(_("Name"), lambda person: person.display_name),
        Column(_("Role"), lambda person: _joined(a.title for a in person.affiliations_today)),
        Column(_("Organization"), lambda person: _joined(a.organization for a in person.affiliations_today)),
        Column(
            _("Type of organization"),
            lambda person: _joined(a.organization.kind for a in person.affiliations_today),
        ),
        Column(_("Occupation"), lambda person: person.occupation),
        Column(_("Province or territory"), lambda person: person.jurisdiction),
        Column(_("Languages of work"), Person.get_languages_display),
        Column(_("E-mail"), detail("contact_email")),
        Column(_("Telephone"), detail("phone")),
        Column(_("Website"), detail("website")),
    ]


ORGANIZATION_COLUMNS = (
    Column(_("Name in English"), lambda row: row.name_en),
    Column(_("Name in French"), lambda row: row.name_fr),
    Column(_("Acronym in English"), lambda row: row.acronym_en),
    Column(_("Acronym in French"), lambda row: row.acronym_fr),
    Column(_("Type of organization"), lambda row: row.kind),
    Column(_("Province or territory"), lambda row: row.jurisdiction),
    Column(_("Website"), lambda row: row.website),
)


def _joined(values) -> str:
    return "; ".join(str(value) for value in values if value)
