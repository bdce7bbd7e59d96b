"""From a draft to a posted initiative: write, submit, publish, return, withdraw, hide, restore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions import indexing
from initiatives.actions.numbering import next_number
from initiatives.actions.writing import TRANSLATION, locked, write
from initiatives.choices import PostState
from initiatives.errors import Incomplete, NotPossibleNow, ReasonNotUsable
from initiatives.models import Initiative, ReturnReason
from initiatives.notifications import postings
from iqn.history.models import Event
from iqn.history.recording import record
from members.models import Person

FIELD_NAMES = {
    **{f.name: f.verbose_name for f in Initiative._meta.get_fields() if hasattr(f, "verbose_name")},
    TRANSLATION: _("translation"),
}
EDITED = _("Changed: %(fields)s.")


@transaction.atomic
def save_draft(
    *, by: Person, values: Mapping[str, Any], initiative: Initiative | None = None, version: int | None = None
) -> Initiative:
    """Start a draft, or save it again. Nothing needs to be filled yet."""
    if initiative is not None:
        return edit(initiative=initiative, by=by, values=values, version=version)
    row = Initiative(author=by, language=values.get("language") or by.language)
    write(row, values)
    _record(row, by, "drafted", _("A draft was started."))
    return row


@transaction.atomic
def edit(*, initiative: Initiative, by: Person, values: Mapping[str, Any], version: int | None) -> Initiative:
    """Save a new version on top of the one that the writer saw; StaleVersion where that is no longer the latest."""
    row = locked(initiative, version)
    changed = write(row, values)
    if not row.is_draft:
        _ensure_complete(row)
    if changed:
        verb, phrase = ("draft_saved", _("The draft was saved.")) if row.is_draft else ("edited", EDITED)
        _record(row, by, verb, phrase, data={"fields": changed}, fields=_names_of(changed))
    return row


@transaction.atomic
def submit(*, initiative: Initiative, by: Person, version: int | None = None) -> Initiative:
    """Post it. A member's first one waits for staff, later ones appear at once. The first submission gives the number."""
    row = locked(initiative, version)
    if not row.can_be_submitted:
        raise NotPossibleNow
    _ensure_complete(row)
    if row.number is None:
        row.number = next_number()
    if not row.status_as_of:
        row.status_as_of = timezone.localdate().strftime("%Y-%m")
    if row.published_at is None:
        affiliation = by.current_affiliations().select_related("organization").first()
        row.author_organization = affiliation.organization if affiliation else row.lead_organization
    _forget_decision(row)
    if is_reviewed_first(row):
        _move(row, PostState.SUBMITTED)
        event = _record(row, by, "submitted", _("It was sent to staff for review."))
        postings.tell_author(postings.SUBMITTED, row, event)
    else:
        _publish(row, by)
    indexing.index(row)
    return row


def is_reviewed_first(initiative: Initiative) -> bool:
    """Does staff look at it before it appears? Until one posting of its author stands."""
    if not settings.REVIEW_FIRST_INITIATIVE:
        return False
    standing = (PostState.PUBLISHED, PostState.WITHDRAWN)
    return not Initiative.objects.filter(
        author=initiative.author_id, state__in=standing, published_at__isnull=False
    ).exists()


@transaction.atomic
def publish(*, initiative: Initiative, by: Person, version: int | None = None) -> Initiative:
    """Staff read the first posting of a member and let it appear; `version` is what they read."""
    row = locked(initiative, version)
    if not row.waits_for_review:
        raise NotPossibleNow
    event = _publish(row, by)
    postings.tell_author(postings.PUBLISHED, row, event)
    return row


@transaction.atomic
def return_with_reason(
    *, initiative: Initiative, by: Person, reason: ReturnReason, text: str = "", version: int | None = None
) -> Initiative:
    """Staff give it back to the author; the clause is kept as it reads today, in the author's language."""
    row = locked(initiative, version)
    if not row.waits_for_review:
        raise NotPossibleNow
    wording = reason.wording(row.author.language, text)
    if wording is None:
        raise ReasonNotUsable
    row.decision_text = wording.text
    row.decision_clause, row.decision_clause_text = wording.clause, wording.clause_text
    _move(row, PostState.RETURNED)
    event = _record(
        row, by, "returned", _("Staff returned it to its author (clause %(clause)s)."), data={"clause": reason.clause},
        clause=reason.clause,
    )  # fmt: skip
    postings.tell_author(postings.RETURNED, row, event)
    return row


@transaction.atomic
def withdraw(*, initiative: Initiative, by: Person) -> Initiative:
    """The author takes it off the portal; the text stays and may be posted again."""
    row = locked(initiative)
    if not row.can_be_withdrawn:
        raise NotPossibleNow
    _forget_decision(row)
    _move(row, PostState.WITHDRAWN)
    _record(row, by, "withdrawn", _("Its author withdrew it."))
    return row


@transaction.atomic
def hide(*, initiative: Initiative, by: Person, reason: str) -> Initiative:
    """Staff take it out of sight for everyone but its author, who is told why."""
    row = locked(initiative)
    if not row.is_published:
        raise NotPossibleNow
    row.decision_text = reason.strip()
    _move(row, PostState.HIDDEN)
    event = _record(row, by, "hidden", _("Staff hid it."))
    postings.tell_author(postings.HIDDEN, row, event)
    return row


@transaction.atomic
def restore(*, initiative: Initiative, by: Person) -> Initiative:
    row = locked(initiative)
    if not row.is_hidden:
        raise NotPossibleNow
    _forget_decision(row)
    _move(row, PostState.PUBLISHED)
    event = _record(row, by, "restored", _("Staff showed it again."))
    postings.tell_author(postings.RESTORED, row, event)
    return row


@transaction.atomic
def describe(
    *, initiative: Initiative, by: Person, values: Mapping[str, Any], version: int | None
) -> Initiative:
    """Staff set the tags and their own notes on any initiative; the author's text stays the author's."""
    row = locked(initiative, version)
    changed = write(row, values)
    if changed:
        _record(row, by, "described", _("Staff described it: %(fields)s."), data={"fields": changed},
                for_staff=True, fields=_names_of(changed))  # fmt: skip
    return row


def _ensure_complete(row: Initiative) -> None:
    missing = row.missing_for_posting()
    if missing:
        raise Incomplete(missing)


def _publish(row: Initiative, by: Person) -> Event:
    row.published_at = row.published_at or timezone.now()
    _move(row, PostState.PUBLISHED)
    return _record(row, by, "published", _("It was published."))


def _move(row: Initiative, state: PostState) -> None:
    row.state = state
    row.state_since = timezone.now()
    row.save()


def _forget_decision(row: Initiative) -> None:
    row.decision_text = row.decision_clause = row.decision_clause_text = ""


def _names_of(fields: list[str]):
    """Names of fields as a lazy text, so that each language gets its own."""

    def names() -> str:
        return ", ".join(str(FIELD_NAMES[name]) for name in fields if not name.endswith("_estimated"))

    return names


def _record(row: Initiative, by: Person, verb: str, phrase: Any, **values: Any) -> Event:
    """The sentences name nobody: who acted is a link that follows the person's choices about their name."""
    return record(by=by, verb=f"initiatives.initiative_{verb}", phrase=phrase, target=row, **values)
