"""All states of all pages, in portions that make one test each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils import translation

from tests.accounts.page_states import visits
from tests.site import admin_states, states, table_states
from tests.site.states import State, distinct, looked_at
from tests.site.undoing import undone

ROW_PARTS = 4
KINDS = (
    *(f"rows {part}" for part in range(ROW_PARTS)),
    "table",
    "bare group",
    "letters",
    "errors",
    "admin",
    "signing in",
)
InALanguage = Callable[[str], Iterator[State]]


def gather(request, kind: str, *languages: str) -> list[State]:
    """Of one kind; the world that it needs is made on the way."""
    name, _, part = kind.partition(" ")
    make = {
        "rows": _rows, "table": _table, "bare": _bare, "letters": _letters, "errors": _errors, "admin": _admin,
        "signing": _signing_in,
    }[name]  # fmt: skip
    look = make(request.getfixturevalue, part)
    return distinct(state for language in languages for state in look(language))


def _rows(fixture, part: str) -> InALanguage:
    fixture("uploads")
    world, sign_in = fixture("world"), fixture("sign_in")

    def look(language: str) -> Iterator[State]:
        yield from states.row_states(states.rows_of_part(int(part), ROW_PARTS), world, sign_in, language)
        if part == "0":
            yield from states.empty_states(sign_in, world.member, language)
            yield from states.empty_states(sign_in, world.staff, language)

    return look


def _of_a_table(states_of: Callable) -> Callable[..., InALanguage]:
    def make(fixture, part: str) -> InALanguage:
        fixture("uploads")
        table = fixture("table")
        table_states.prepare(table)
        return lambda language: states_of(table, fixture("sign_in"), language)

    return make


_table = _of_a_table(table_states.table_states)
_bare = _of_a_table(table_states.bare_states)
_letters = _of_a_table(table_states.letter_states)


def _errors(fixture, part: str) -> InALanguage:
    world = fixture("world")
    fixture("settings").ROOT_URLCONF = "tests.portal.test_errors"
    people = {"nobody": None, "applicant": world.applicant, "member": world.member, "staff": world.staff}
    return lambda language: states.error_states(fixture("sign_in"), people, language)


def _admin(fixture, part: str) -> InALanguage:
    fixture("uploads")
    world = fixture("world")
    admin_states.one_of_each(world)
    return lambda language: admin_states.admin_states(world, fixture("sign_in"), language)


def _signing_in(fixture, part: str) -> InALanguage:
    fixture("site_pages")

    def look(language: str) -> Iterator[State]:
        with translation.override(language), undone():
            for label, response in visits(fixture("deliver")):
                yield from looked_at(f"{label} ({language})", response.request["PATH_INFO"], response)

    return look
