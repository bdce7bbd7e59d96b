"""What meetings spoke of, decided and handed out, found by the words of a query: newest first, each only for readers of
its page. The link to join a meeting is not looked through."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from iqn.searching import query_of, words_in
from workgroups.meetings.models import ActionItem, AgendaItem, Decision
from workgroups.meetings.models.action_item import ACTION_WORDS
from workgroups.meetings.models.agenda import ITEM_WORDS
from workgroups.meetings.models.decision import DECISION_WORDS


def search_items(user, typed: str) -> QuerySet[AgendaItem]:
    """Items of agendas: by their notes only for those who may read the notes."""
    query = query_of(typed)
    if query is None:
        return AgendaItem.objects.none()
    rows = AgendaItem.objects.visible_to(user).alias(
        # The first is indexed; the others say more exactly where the words stand
        words=words_in(*ITEM_WORDS), agenda_words=words_in("title", "description"),
        told_words=words_in("title", "note"),
    )  # fmt: skip
    everything = Q(shows_agenda=True, shows_note=True)
    agenda = Q(shows_agenda=True, agenda_words=query)
    told = Q(shows_note=True, told_words=query)
    found = rows.filter(words=query).filter(everything | agenda | told)
    return found.select_related("meeting__group").order_by("-meeting__year", "-meeting__quarter", "-pk")


def search_decisions(user, typed: str) -> QuerySet[Decision]:
    rows = having_words(Decision.objects.visible_to(user), DECISION_WORDS, typed)
    return rows.select_related("group").order_by("-decided_on", "-pk")


def search_actions(user, typed: str) -> QuerySet[ActionItem]:
    rows = having_words(ActionItem.objects.visible_to(user), ACTION_WORDS, typed)
    return rows.select_related("group").order_by("-year", "-pk")


def having_words(
    rows: QuerySet, columns: tuple[str, ...], typed: str, *, or_else: Q | None = None
) -> QuerySet:
    """Rows with all the words in these columns; or those of which something else is true."""
    query = query_of(typed)
    if query is None:
        return rows.none()
    return rows.alias(words=words_in(*columns)).filter(Q(words=query) | (or_else or Q(words=query)))
