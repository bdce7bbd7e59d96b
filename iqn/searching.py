"""Full-text search in both languages: accents optional, word beginnings enough, typing errors forgiven.

A text is indexed under its own language (configurations iqn_en and iqn_fr); a query is read in both, because nobody
says in which language they search. Cost is bounded for words that are everywhere: only the newest candidates are ranked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import OperationalError, connection, transaction
from django.db.models import CharField, F, QuerySet, Value
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from psycopg.errors import QueryCanceled

from iqn.text import folded

LONGEST_QUERY = 170  # characters
MOST_WORDS = 10
RANKED = 500  # newest candidates that are ranked
MOST_ALIKE = 100  # rows that are found in spite of typing errors
PATIENCE = "1s"  # for finding them
CONFIGURATIONS = {"en": "iqn_en", "fr": "iqn_fr"}
LEFT_HANGING = " \u00a0\u202f,;:–—-(["  # what an excerpt may not end with before its dots
_WORD = re.compile(r"\w+")


def words_of(typed: str) -> list[str]:
    """The words of a query; single letters (the l of l'agrément) say nothing."""
    return [word for word in _WORD.findall(typed.replace("\x00", " ")[:LONGEST_QUERY]) if len(word) > 1][
        :MOST_WORDS
    ]


def vector(parts: Iterable[tuple[str, str, str]]):
    """A search vector from (text, language, weight A to D): an expression for update()."""
    combined = None
    for text, language, weight in parts:
        if not text:
            continue
        part = SearchVector(
            Value(text, output_field=CharField()), config=CONFIGURATIONS[language], weight=weight
        )
        combined = part if combined is None else combined + part  # type: ignore[assignment]
    return combined if combined is not None else SearchVector(Value(""), config=CONFIGURATIONS["en"])


def words_in(*columns: str):
    """The words of these columns, read in both languages: an expression, the same in an index and in a query."""
    english, french = (SearchVector(*columns, config=name) for name in CONFIGURATIONS.values())
    return english + french


def query_of(typed: str) -> SearchQuery | None:
    """All words must occur, each at least as a beginning; None where nothing searchable was typed."""
    words = words_of(typed)
    if not words:
        return None
    raw = " & ".join(f"'{word}':*" for word in words)  # \w+ leaves nothing that to_tsquery could trip over
    queries = [SearchQuery(raw, config=name, search_type="raw") for name in CONFIGURATIONS.values()]
    return queries[0] | queries[1]


def alike(queryset: QuerySet, typed: str, *, field: str = "search_text") -> list[int]:
    """Keys of rows that hold something like each of the words; none where comparing takes too long.

    Letters are compared with whole texts: where many hold something similar, that takes milliseconds for each.
    """
    for word in words_of(typed):
        queryset = queryset.filter(**{f"{field}__trigram_word_similar": folded(word)})
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
            found = list(queryset.order_by().values_list("pk", flat=True)[:MOST_ALIKE])
            transaction.set_rollback(True)  # nothing was written; the limit goes with it
            return found
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return []
        raise


def search(
    queryset: QuerySet, typed: str, *, field: str = "search_vector", trigrams: str | None = "search_text",
    newest: str = "-pk",
) -> QuerySet:  # fmt: skip
    """Rows that match, best first. Where no row holds the words, rows whose words look like them (`is_look_alike`).

    `newest` is the order by which candidates are taken for ranking, and which breaks ties.
    """
    query = query_of(typed)
    if query is None:
        return queryset.none()
    matches = queryset.filter(**{field: query})
    if trigrams and not matches.exists():
        found = queryset.filter(pk__in=alike(queryset, typed, field=trigrams))
        return found.annotate(is_look_alike=Value(True)).order_by(newest)
    candidates = matches.order_by(newest).values("pk")[:RANKED]
    return (
        queryset.filter(pk__in=candidates)
        .annotate(rank=SearchRank(F(field), query))
        .order_by("-rank", newest)
    )


def _is_hit(token: str, wanted: list[str]) -> bool:
    """Does a word of the text answer a word of the query? Inflections count: three quarters in common are enough."""
    bare = folded(token)
    for word in wanted:
        common = 0
        for a, b in zip(bare, word, strict=False):
            if a != b:
                break
            common += 1
        if common >= max(3, -(-3 * len(word) // 4)) or bare == word:
            return True
    return False


def highlight(text: str, typed: str, *, around: int | None = None) -> SafeString:
    """The text, escaped, with found words in <mark>. With `around`, only that many words on each side of the first."""
    wanted = [folded(word) for word in words_of(typed)]
    if around is not None:
        text = _excerpt(text, wanted, around)
    pieces, last = [], 0
    for match in _WORD.finditer(text):
        if wanted and _is_hit(match[0], wanted):
            pieces.append(conditional_escape(text[last : match.start()]))
            pieces.append(format_html("<mark>{}</mark>", match[0]))
            last = match.end()
    pieces.append(conditional_escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308 (each piece was escaped above)


def _excerpt(text: str, wanted: list[str], around: int) -> str:
    tokens = text.split()
    first = next(
        (i for i, token in enumerate(tokens) if any(_is_hit(w, wanted) for w in _WORD.findall(token))), 0
    )
    start, end = max(0, first - around), first + around
    shown = " ".join(tokens[start:end])
    if end < len(tokens):
        shown = shown.rstrip(LEFT_HANGING) + " …"
    return ("… " if start else "") + shown
