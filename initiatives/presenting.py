"""An initiative as its page shows it: texts in the reader's language where they exist, facts with their links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from initiatives.models import Initiative
from initiatives.models.description import described
from iqn.bilingual import reading_language
from iqn.dates import as_of_words, date_words, period_words, when_words
from iqn.text import plain_text, render_member_text
from iqn.typography import typeset
from members.models import Organization

RELATIONS = ("types", "occupations", "jurisdictions", "stages", "pillars", "benefits")
STATUS_TAGS = {
    "running": "tag--ok", "completed": "tag--info", "evaluated": "tag--info", "pilot": "tag--info",
    "discontinued": "tag--warn",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One value of a fact, perhaps a link, perhaps in the language it was written in."""

    text: str
    url: str = ""
    lang: str = ""

    @property
    def only_in(self) -> str:
        return only_in(self.lang) if self.lang else ""


@dataclass(frozen=True)
class Fact:
    term: str
    items: list[Item]
    note: Item | None = None


@dataclass(frozen=True)
class Part:
    """A part of the body under its own heading."""

    key: str
    heading: str
    html: SafeString
    lang: str  # empty: the reader's language
    tag: str = ""


@dataclass(frozen=True)
class Shown:
    """What the template of one initiative reads."""

    title: Item
    summary: Item
    status: str
    status_tag: str
    true_when: str  # on March 3, 2026; in 2026
    only_in: str  # "in English only" where not even the title is in the reader's language
    rest_lang: str  # the language of the body, where title and summary are the reader's and the body is not
    parts: list[Part]
    facts: list[Fact]
    sources: list[str]
    cite: str
    description: str
    by_line: str


def status_tag(initiative: Initiative) -> str:
    """The colour of the status: a green light only for what was said lately."""
    return "" if initiative.may_have_changed else STATUS_TAGS.get(initiative.status, "")


def only_in(language: str) -> str:
    """The tag on a text that is not in the reader's language."""
    if language == reading_language():
        return ""
    return _("in French only") if language == "fr" else _("in English only")


def _foreign(language: str) -> str:
    return "" if language == reading_language() else language


def presented(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    """Context of the page and of the preview. `initiative` comes with its relations (see `for_page`)."""
    names = described([initiative], RELATIONS)
    texts = {
        name: Item(text, lang=_foreign(lang)) for name in _BODY for text, lang in [initiative.text(name)]
    }
    parts = list(_parts(initiative, texts))
    title, title_language = initiative.text("title")
    summary, summary_language = initiative.text("summary")
    untranslated = only_in(title_language)
    shown = Shown(
        title=Item(typeset(title, title_language) or _("Untitled draft"), lang=_foreign(title_language)),
        summary=Item(typeset(summary, summary_language), lang=_foreign(summary_language)),
        status=initiative.get_status_display(),
        status_tag=status_tag(initiative),
        true_when=when_words(initiative.status_as_of, estimated=initiative.status_as_of_estimated),
        only_in=untranslated,
        rest_lang="" if untranslated else next((part.lang for part in parts if part.lang), ""),
        parts=parts,
        facts=list(
            _facts(
                initiative, {relation: names[initiative.pk, relation] for relation in RELATIONS}, request.user
            )
        ),
        sources=initiative.sources,
        cite=citation(initiative, typeset(title, title_language)),
        description=plain_text(summary, words=30),
        by_line=by_line(request, initiative),
    )
    may = {
        f"may_{verb}": request.user.has_perm(f"initiatives.{verb}_initiative", initiative)
        for verb in ("edit", "submit", "review")
    }
    notes = request.user.has_perm("initiatives.see_staff_notes", initiative)
    return {"initiative": initiative, "shown": shown, "see_staff_notes": notes, **may}


def for_page(rows):
    """With what the page of one initiative reads, in three queries."""
    related = ("author", "author_organization", "lead_organization")
    return (
        rows.select_related(*related)
        .defer("search_vector", "search_text")
        .prefetch_related("translations", "partners")
    )


_BODY = ("problem", "work", "results", "lessons")


def _parts(initiative: Initiative, texts: dict[str, Item]):
    headings = {
        "problem": _("The problem"), "work": _("What is done"), "results": _("Results"), "lessons": _("Lessons learned"),
    }  # fmt: skip
    for name in _BODY:
        if texts[name].text:
            tag = initiative.get_results_basis_display() if name == "results" else ""
            html = render_member_text(texts[name].text, texts[name].lang or reading_language())
            yield Part(name, headings[name], html, texts[name].lang, tag)


def _facts(initiative: Initiative, names: dict[str, list], user):
    """Term and values, in the order in which readers ask; facts without a value are left out."""
    list_url = reverse("initiatives:list")

    def narrowed(parameter: str, relation: str) -> list[Item]:
        return [Item(row.name, f"{list_url}?{parameter}={row.slug}") for row in names[relation]]

    def text(name: str) -> Item | None:
        value, language = initiative.text(name)
        return Item(typeset(value, language), lang=_foreign(language)) if value else None

    occupations, places = narrowed("occupation", "occupations"), narrowed("jurisdiction", "jurisdictions")
    if initiative.all_occupations:
        occupations = [Item(_("Several or all occupations")), *occupations]
    if initiative.pan_canadian:
        places = [Item(_("All of Canada")), *places]
    others = text("other_partners")
    found = [
        Fact(_("Lead organization"), _organizations([initiative.lead_organization])),
        Fact(_("Partners"), [*_organizations(initiative.partners.all()), *([others] if others else [])]),
        Fact(_("Status"), [Item(_status_words(initiative))] if initiative.status else []),
        Fact(_("Period"), _period(initiative), text("dates_note")),
        Fact(_("Replaced by"), _replacement(initiative, user), text("replacement_note")),
        Fact(_("Type"), narrowed("type", "types")),
        Fact(_("Occupations"), occupations, text("occupation_note")),
        Fact(_("Provinces and territories"), places),
        Fact(_("Stages of the pathway"), narrowed("stage", "stages")),
        Fact(_("Offered in"), [Item(initiative.get_offered_in_display())] if initiative.offered_in else []),
        Fact(_("Benefits"), narrowed("benefit", "benefits")),
        Fact(_("Pillars of the mission"), narrowed("pillar", "pillars")),
        Fact(_("Recognition"), [], text("recognition")),
        Fact(_("Website"), [Item(initiative.website, initiative.website)] if initiative.website else []),
        Fact(_("Contact"), [Item(initiative.contact)] if initiative.contact else []),
    ]
    return [fact for fact in found if fact.items or fact.note]


def _organizations(organizations) -> list[Item]:
    return [
        Item(str(o), o.get_absolute_url() if o.is_confirmed else "")
        for o in organizations
        if isinstance(o, Organization)
    ]


def _status_words(initiative: Initiative) -> str:
    as_of = as_of_words(initiative.status_as_of, estimated=initiative.status_as_of_estimated)
    return ", ".join(filter(None, (initiative.get_status_display(), as_of)))


def _period(initiative: Initiative) -> list[Item]:
    words = period_words(
        initiative.started, initiative.ended,
        about_start=initiative.started_estimated, about_end=initiative.ended_estimated,
    )  # fmt: skip
    return [Item(capfirst(words))] if words else []


def _replacement(initiative: Initiative, user) -> list[Item]:
    """What came later, for those who find it in lists too."""
    if initiative.replaced_by_id is None:
        return []
    other = (
        Initiative.objects.listed_for(user)
        .only("number", "title", "language")
        .prefetch_related("translations")
        .filter(pk=initiative.replaced_by_id)
        .first()
    )
    if other is None:
        return []
    title, language = other.text("title")
    return [
        Item(
            f"{other.identifier} {typeset(title, language)}",
            other.get_absolute_url(),
            lang=_foreign(language),
        )
    ]


def by_line(request: HttpRequest, initiative: Initiative) -> str:
    """Who posted it: names of people are for members, unless they chose to be shown publicly."""
    author, organization = initiative.author, initiative.author_organization
    if author is None:
        return ""
    name = str(author) if shows_name(request.user, author) else ""
    return ", ".join(part for part in (name, str(organization) if organization else "") if part)


def shows_name(user, person) -> bool:
    return bool(
        person.is_listed_publicly or getattr(user, "is_member", False) or getattr(user, "is_staff", False)
        or (user.is_authenticated and person.user_id == user.pk)
    )  # fmt: skip


def citation(initiative: Initiative, title: str) -> str:
    """Organization. Title. Identifier, portal, date, address."""
    organization = initiative.lead_organization or initiative.author_organization
    day = initiative.content_updated_on or (
        timezone.localtime(initiative.published_at).date()
        if initiative.published_at
        else timezone.localdate()
    )
    quoted = pgettext("quotation", "“%(text)s”") % {"text": title}
    portal = _("International Qualifications Network")
    parts = [
        f"{organization}." if organization else "",
        f"{quoted}.",
        f"{initiative.identifier}, {portal}, {date_words(day)}.",
    ]
    return " ".join([*filter(None, parts), f"{settings.SITE_ORIGIN}{initiative.get_absolute_url()}"])
