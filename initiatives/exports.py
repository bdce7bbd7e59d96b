"""Columns of the CSV of a list of initiatives."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from iqn.exports import Column


def _text(name: str) -> Callable[[Initiative], str]:
    return lambda initiative: initiative.text(name)[0]


def _names(relation: str, flag: str = "", flag_words=None) -> Callable[[Initiative], str]:
    """Names of related rows with "; " between them, led by the flag that stands for all."""

    def names(initiative: Initiative) -> str:
        found = [str(flag_words)] if flag and getattr(initiative, flag) else []
        return "; ".join([*found, *(str(row) for row in getattr(initiative, relation).all())])

    return names


COLUMNS = (
    Column(_("Identifier"), lambda i: i.identifier),
    Column(_("Title"), _text("title")),
    Column(_("Summary"), _text("summary")),
    Column(_("Language of the text"), lambda i: i.get_language_display()),
    Column(_("Lead organization"), lambda i: i.lead_organization),
    Column(_("Partners"), _names("partners")),
    Column(_("Other partners"), _text("other_partners")),
    Column(_("Type"), _names("types")),
    Column(_("Status"), lambda i: i.get_status_display()),
    Column(_("Status as of"), lambda i: i.status_as_of),
    Column(_("Started"), lambda i: i.started),
    Column(_("Ended"), lambda i: i.ended),
    Column(_("Occupations"), _names("occupations", "all_occupations", _("Several or all occupations"))),
    Column(_("Provinces and territories"), _names("jurisdictions", "pan_canadian", _("All of Canada"))),
    Column(_("Stages of the pathway"), _names("stages")),
    Column(_("Pillars of the mission"), _names("pillars")),
    Column(_("Benefits"), _names("benefits")),
    Column(_("What is done"), _text("work")),
    Column(_("Results"), _text("results")),
    Column(_("Basis of the results"), lambda i: i.get_results_basis_display()),
    Column(_("Website"), lambda i: i.website),
    Column(_("Address"), lambda i: f"{settings.SITE_ORIGIN}{i.get_absolute_url()}"),
)
