"""Initiatives as lists show them: one row each, prepared once, so that the template's loop only prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.choices import PostVisibility
from initiatives.models import Initiative
from initiatives.models.description import Described, described
from initiatives.presenting import only_in, status_tag
from iqn.bilingual import reading_language
from iqn.dates import as_of_words
from iqn.searching import highlight
from iqn.typography import shortened, typeset

SUMMARY_LENGTH = 125  # two lines
MOST_PLACES = 4
MOST_TYPES = 2


@dataclass(slots=True)
class Row:
    """One initiative of a list, in words: nothing is looked up or formatted in the template's loop."""

    url: str
    title: str
    lang: str
    summary: str
    summary_lang: str
    tags: SafeString
    facts: str  # who leads, where, as of when


def rows_of(initiatives: list[Initiative], *, words: str = "") -> list[Row]:
    """For a page of `listed` initiatives: one query, whatever their number."""
    names = described(initiatives, ("types", "jurisdictions"))
    base, language = reverse("initiatives:list"), reading_language()
    return [_row(initiative, names, base, language, words) for initiative in initiatives]


def listed(rows: QuerySet) -> QuerySet:
    """With what a row shows: lead organization, and title and summary in the reader's language."""
    in_my_language = FilteredRelation("translations", condition=Q(translations__language=reading_language()))
    return (
        rows.annotate(mine=in_my_language)
        .annotate(my_title=F("mine__title"), my_summary=F("mine__summary"))
        .select_related("lead_organization")
        .only(
            "number", "title", "summary", "language", "status", "status_as_of", "status_as_of_estimated", "visibility",
            "pan_canadian", "lead_organization__name_en", "lead_organization__name_fr", "lead_organization__slug",
        )
    )  # fmt: skip


def _row(initiative: Initiative, names: Described, base: str, language: str, words: str) -> Row:
    title = initiative.my_title or initiative.title
    title_lang = language if initiative.my_title else initiative.language
    summary = initiative.my_summary or initiative.summary
    summary_lang = language if initiative.my_summary else initiative.language
    title, short = typeset(title, title_lang), shortened(typeset(summary, summary_lang), SUMMARY_LENGTH)
    tags = [(f"tag {status_tag(initiative)}".strip(), initiative.get_status_display())]
    tags += [("tag", row.name) for row in names[initiative.pk, "types"][:MOST_TYPES]]
    if initiative.visibility == PostVisibility.MEMBERS:
        tags.append(("tag tag--warn", str(_("Members only"))))
    if title_lang != language:
        tags.append(("tag", only_in(title_lang)))
    places = [row.name for row in names[initiative.pk, "jurisdictions"]]
    if initiative.pan_canadian:
        places = [str(_("All of Canada"))]
    elif len(places) > MOST_PLACES:
        places = [str(_("%(count)s provinces and territories") % {"count": len(places)})]
    facts = [
        str(initiative.lead_organization) if initiative.lead_organization else "",
        ", ".join(places),
        _as_of(initiative.status_as_of, initiative.status_as_of_estimated, language),
    ]
    return Row(
        url=f"{base}{initiative.identifier}/",
        title=highlight(title, words) if words else title,
        lang="" if title_lang == language else title_lang,
        summary=highlight(short, words) if words else short,
        summary_lang="" if summary_lang == language else summary_lang,
        tags=format_html_join("", '<span class="{}">{}</span> ', tags),
        facts=" · ".join(fact for fact in facts if fact),
    )


@lru_cache(maxsize=1024)
def _as_of(day: str, estimated: bool, language: str) -> str:
    """The same few on every page, and dearer than the rest of a row."""
    return as_of_words(day, estimated=estimated)
