"""What the home pages show, each asked in one query and prepared for its template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, When
from django.utils import timezone
from django.utils.functional import Promise

from initiatives.choices import CommentKind, InitiativeStatus, PostState
from initiatives.models import Comment, Initiative, InitiativeTranslation
from initiatives.presenting import status_tag
from iqn.bilingual import reading_language
from iqn.dates import as_of_words
from iqn.portal.ages import age_words
from iqn.reference.models import Jurisdiction
from iqn.text import plain_text
from iqn.typography import typeset
from members.models import MembershipApplication, Organization, Person
from members.transitions import NEXT_STEPS, Actor, act_by
from workgroups.groups.models import Group
from workgroups.groups.permissions import learn_roles
from workgroups.meetings.models import ActionItem
from workgroups.meetings.standings import Standing as GroupStanding
from workgroups.meetings.standings import run_by

NEWEST = 5
OWN_POSTS = 8
QUESTIONS = 10
WAIT_FOR_AUTHOR = (PostState.DRAFT, PostState.RETURNED, PostState.HIDDEN)
# Long texts and search columns of an initiative: never read for a line about it
LONG = (
    "problem", "work", "results", "lessons", "other_partners", "sources", "search_vector", "search_text",
)  # fmt: skip
TITLES = InitiativeTranslation.objects.only("initiative_id", "language", "title")


@dataclass(frozen=True)
class Listed:
    """A line about an initiative. `foreign` is the language of its text where it is not the reader's."""

    title: str
    summary: str
    url: str
    foreign: str
    organization: str
    status: str
    status_tag: str  # its colour, as in lists
    as_of: str


@dataclass(frozen=True)
class Standing:
    """Where somebody's application stands, and who acts next."""

    label: str | Promise
    since: datetime | None
    next_step: str | Promise
    act_by: date | None
    is_ones_turn: bool
    may_apply: bool


@dataclass(frozen=True)
class Strip:
    """One group that somebody runs, with the one thing that it wants most."""

    standing: GroupStanding
    label: str
    url: str


@dataclass(frozen=True)
class GroupWork:
    """What waits for somebody in work groups."""

    groups: int
    open_actions: int
    overdue_actions: int
    run: list[Strip]  # groups that one runs, the one that presses most first


@dataclass(frozen=True)
class OpenQuestion:
    text: str
    language: str
    who: str
    initiative: str
    initiative_language: str
    url: str
    age: str


def newest_initiatives(user) -> list[Listed]:
    """The latest word first: a posting says as of when it is true, and what has ended is not news."""
    texts = InitiativeTranslation.objects.only("initiative_id", "language", "title", "summary")
    rows = (
        Initiative.objects.listed_for(user)
        .exclude(status__in=(InitiativeStatus.DISCONTINUED, InitiativeStatus.UNKNOWN))
        .select_related("lead_organization")
        .prefetch_related(Prefetch("translations", texts))
        .defer(*LONG)
        .order_by("-status_as_of", "-published_at", "-pk")[:NEWEST]
    )
    return [listed(row) for row in rows]


def listed(row: Initiative) -> Listed:
    title, language = row.text("title")
    summary, summary_language = row.text("summary")
    return Listed(
        title=typeset(title, language),
        summary=typeset(summary, summary_language),
        url=row.get_absolute_url(),
        foreign="" if language == reading_language() else language,
        organization=str(row.lead_organization or ""),
        status=row.get_status_display(),
        status_tag=status_tag(row),
        as_of=as_of_words(row.status_as_of, estimated=row.status_as_of_estimated),
    )


def figures(user) -> dict[str, int]:
    """Counted, never typed: what the public finds here."""
    shown = Initiative.objects.listed_for(user)
    covered = Jurisdiction.objects.exclude(code="CA").filter(initiatives__in=shown.values("pk"))
    return {
        "initiatives": shown.count(),
        "organizations": Organization.objects.filter(is_confirmed=True).count(),
        "provinces": covered.distinct().count(),
        "members": Person.objects.members().count(),
    }


def standing(user) -> Standing | None:
    """None for strangers and for people who need no word about it."""
    if not user.is_authenticated:
        return None
    latest = (
        MembershipApplication.objects.visible_to(user)
        .filter(person__user=user)
        .order_by("-submitted_at", "-pk")
        .first()
    )
    state = latest.state if latest else None
    step = NEXT_STEPS[state]
    return Standing(
        label=latest.get_state_display() if latest else "",
        since=latest.state_since if latest else None,
        next_step=step.to_applicant,
        act_by=act_by(state, latest.state_since) if latest and step.who == Actor.STAFF else None,
        is_ones_turn=step.who == Actor.APPLICANT,
        may_apply=user.has_perm("members.apply_for_membership"),
    )


def own_posts(person: Person) -> list[Initiative]:
    """Drafts and postings: those first that wait for their author, then those that wait for staff."""
    turn = Case(When(state__in=WAIT_FOR_AUTHOR, then=0), When(state=PostState.SUBMITTED, then=1), default=2)
    rows = (
        Initiative.objects.filter(author=person)
        .defer(*LONG)
        .prefetch_related(Prefetch("translations", TITLES))
    )
    return list(rows.order_by(turn, "-state_since", "-pk")[:OWN_POSTS])


def group_work(user) -> GroupWork:
    """Seats of today, and the actions that one follows up. They outlast the seat, so each is counted by itself."""
    person = user.person
    late = Count("pk", filter=Q(due__lt=timezone.localdate()))
    actions = ActionItem.objects.of_person(person).open().aggregate(open=Count("pk"), overdue=late)
    groups = list(Group.objects.of_person(person))
    return GroupWork(len(groups), actions["open"], actions["overdue"], strips(user, groups))


def strips(user, groups: list[Group] | None = None) -> list[Strip]:
    """One for each group that the reader runs today; a standing seat brings all work groups together."""
    if groups is None:
        groups = list(Group.objects.of_person(user.person)) if user.person else []
    if not groups:
        return []
    learn_roles(user, groups)
    return [Strip(standing, *standing.button) for standing in run_by(groups, user)]


def open_questions(person: Person) -> list[OpenQuestion]:
    """Questions about one's own initiatives that one has not answered, oldest first."""
    answered = Comment.objects.shown().filter(parent=OuterRef("pk"), author=person)
    rows = (
        Comment.objects.shown()
        .filter(
            kind=CommentKind.QUESTION,
            parent=None,
            initiative__author=person,
            initiative__state=PostState.PUBLISHED,
        )
        .exclude(author=person)
        .exclude(Exists(answered))
        .select_related("initiative", "author", "author_organization")
        .prefetch_related(Prefetch("initiative__translations", TITLES))
        .defer(*(f"initiative__{name}" for name in LONG))
        .order_by("created_at", "pk")[:QUESTIONS]
    )
    now = timezone.now()
    return [
        OpenQuestion(
            text=typeset(plain_text(row.text, words=20), row.language),
            language=row.language,
            who=", ".join(str(part) for part in (row.author, row.author_organization) if part),
            initiative=row.initiative.shown_title,
            initiative_language=row.initiative.shown_language,
            url=row.get_absolute_url(),
            age=age_words(row.created_at, now),
        )
        for row in rows
    ]
