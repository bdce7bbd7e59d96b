"""What /search/ finds, kind by kind. A later app adds its source to SOURCES."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Prefetch, QuerySet, Window
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import Initiative, InitiativeTranslation
from initiatives.search import search_initiatives
from iqn.bilingual import reading_language
from iqn.dates import date_words
from iqn.pages.links import with_addresses
from iqn.pages.models import Page
from iqn.pages.search import search_pages
from iqn.searching import RANKED, highlight
from iqn.text import plain_text
from iqn.typography import typeset
from members.models import Organization, Person
from members.search import search_organizations, search_people
from workgroups.groups.models import Group as WorkGroup
from workgroups.groups.search import search_groups
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import ActionItem, AgendaItem, Decision
from workgroups.meetings.search import search_actions, search_decisions, search_items

SHOWN = 10  # of each kind
AROUND = 20  # words on each side of the first hit


@dataclass(frozen=True)
class Hit:
    """One found row; `foreign` is the language of its words where it is not the page's."""

    title: SafeString
    url: str
    excerpt: SafeString | str = ""
    foreign: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    name: str
    label: str | Promise
    find: Callable[[Any, str], QuerySet]
    hit: Callable[[Any, str], Hit]
    list_name: str = ""  # the list that shows all of them


@dataclass(frozen=True)
class Group:
    source: Source
    count: int
    hits: list[Hit]
    all_url: str  # where the rest is listed; empty where everything is shown already
    are_look_alikes: bool = False  # no row holds the words; these hold words that look like them

    @property
    def has_more(self) -> bool:
        return self.count >= RANKED


def find_all(user, typed: str) -> list[Group]:
    """Every kind with at least one hit."""
    return [group for source in SOURCES if (group := _group(source, user, typed)).hits]


def _group(source: Source, user, typed: str) -> Group:
    found = source.find(user, typed)
    rows = list(found.annotate(found_in_all=Window(Count("pk")))[:SHOWN])
    count = rows[0].found_in_all if rows else 0
    all_url = ""
    if source.list_name and count > len(rows):
        all_url = f"{reverse(source.list_name)}?{urlencode({'q': typed})}"
    are_look_alikes = bool(rows) and getattr(rows[0], "is_look_alike", False)
    return Group(source, count, [source.hit(row, typed) for row in rows], all_url, are_look_alikes)


def _initiatives(user, typed: str) -> QuerySet[Initiative]:
    translations = InitiativeTranslation.objects.only("initiative_id", "language", "title", "summary", "work")
    return (
        search_initiatives(user, typed)
        .select_related("lead_organization")
        .defer("problem", "results", "lessons", "search_vector", "search_text")
        .prefetch_related(Prefetch("translations", translations))
    )


def _initiative_hit(row: Initiative, typed: str) -> Hit:
    title, language = row.text("title")
    summary, summary_language = row.text("summary")
    work, work_language = row.text("work")
    text = f"{typeset(summary, summary_language)} {typeset(plain_text(work, words=2000), work_language)}"
    return Hit(
        title=highlight(typeset(title, language), typed),
        url=row.get_absolute_url(),
        excerpt=highlight(text, typed, around=AROUND),
        foreign="" if language == reading_language() else language,
        details=tuple(
            str(part) for part in (row.identifier, row.get_status_display(), row.lead_organization) if part
        ),
    )


def _organization_hit(row: Organization, typed: str) -> Hit:
    name = f"{row.name} ({row.acronym})" if row.acronym else row.name
    return Hit(
        title=highlight(name, typed),
        url=row.get_absolute_url(),
        details=tuple(str(part) for part in (row.kind, row.jurisdiction) if part),
    )


def _work_group_hit(row: WorkGroup, typed: str) -> Hit:
    return Hit(
        title=highlight(row.name, typed),
        url=row.get_absolute_url(),
        excerpt=highlight(plain_text(row.mandate, words=200), typed, around=AROUND),
        details=(row.code, row.get_status_display()),
    )


def _page_hit(row: Page, typed: str) -> Hit:
    body = plain_text(with_addresses(row.body, {}), words=10_000)
    return Hit(
        title=highlight(row.title, typed),
        url=row.get_absolute_url(),
        excerpt=highlight(f"{row.summary} {body}", typed, around=AROUND),
    )


def _person_hit(row: Person, typed: str) -> Hit:
    return Hit(
        title=highlight(row.display_name, typed),
        url=row.get_absolute_url(),
        details=tuple(str(part) for part in (row.occupation, row.jurisdiction) if part),
    )


def _foreign(language: str) -> str:
    return "" if language == reading_language() else language


def _item_hit(row: AgendaItem, typed: str) -> Hit:
    """The page of the outcomes where the reader may read the note, else that of the meeting."""
    meeting = row.meeting
    is_told = row.shows_note and meeting.outcome_state != OutcomeState.NONE  # type: ignore[attr-defined]
    note = row.note if is_told else ""
    about = row.description if row.shows_agenda else ""  # type: ignore[attr-defined]
    text = f"{plain_text(about, words=800)} {plain_text(note, words=2000)}"
    name = "meetings:outcome-detail" if is_told else "meetings:detail"
    return Hit(
        title=highlight(row.title, typed),
        url=reverse(name, args=[meeting.group.slug, meeting.identifier]),
        excerpt=highlight(text, typed, around=AROUND),
        foreign=_foreign(row.language),
        details=(meeting.identifier, str(meeting.group)),
    )


def _decision_hit(row: Decision, typed: str) -> Hit:
    return Hit(
        title=highlight(row.identifier, ""),
        url=row.get_absolute_url(),
        excerpt=highlight(f"{row.text} {row.rationale} {row.dissent}", typed, around=AROUND),
        foreign=_foreign(row.language),
        details=(str(row.group), date_words(row.decided_on)),
    )


def _action_hit(row: ActionItem, typed: str) -> Hit:
    return Hit(
        title=highlight(row.identifier, ""),
        url=row.get_absolute_url(),
        excerpt=highlight(f"{row.text} {row.organization_name} {row.closing_note}", typed, around=AROUND),
        foreign=_foreign(row.language),
        details=(str(row.group), str(row.get_state_display())),
    )


SOURCES: Iterable[Source] = (
    Source("initiatives", _("Initiatives"), _initiatives, _initiative_hit, "initiatives:list"),
    Source("work-groups", _("Work groups"), search_groups, _work_group_hit, "groups:list"),
    Source("meetings", _("Meetings"), search_items, _item_hit),
    Source("decisions", _("Decisions"), search_decisions, _decision_hit, "meetings:decision-list-all"),
    Source("actions", pgettext_lazy("of a work group", "Actions"), search_actions, _action_hit),
    Source(
        "organizations",
        _("Organizations"),
        search_organizations,
        _organization_hit,
        "members:organization-list",
    ),
    Source("people", _("Members"), search_people, _person_hit, "members:person-list"),
    Source("pages", _("Pages"), search_pages, _page_hit),
)
