"""Bringing in rows from a CSV file. A dry run does everything and takes it back: what it lists is what would happen.

An app says which columns its file has and what becomes of a line:

    SHEET = Sheet(columns=("date", "text"), required=("date",), longest={"text": 2000})

    def take(cells) -> tuple[Verdict, str]:
        ...                              # raises LineError, or an error of its own app

    outcomes = run(SHEET, text, take=take, refusals=(GroupError,), keep=False)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iqn.text import folded

MOST_LINES = 500
LARGEST = 200_000  # characters of a file
Cells = dict[str, str]


class Verdict(TextChoices):
    CREATE = "create", pgettext_lazy("import", "Creates")
    CHANGE = "change", pgettext_lazy("import", "Changes")
    SAME = "same", pgettext_lazy("import", "Is there already")
    ERROR = "error", pgettext_lazy("import", "Error")


@dataclass(frozen=True)
class Outcome:
    """What becomes of one line of the file."""

    line: int
    verdict: Verdict
    sentence: str

    @property
    def is_error(self) -> bool:
        return self.verdict == Verdict.ERROR


class FileError(Exception):
    """The file as a whole cannot be read."""

    sentence = gettext_lazy("The file is not CSV text.")

    def __init__(self, sentence: str = "") -> None:
        super().__init__()
        self.said = sentence

    def __str__(self) -> str:
        return self.said or str(self.sentence)


class LineError(FileError):
    """One line cannot be read."""


@dataclass(frozen=True)
class Sheet:
    """The columns of a file; those in `longest` have an upper bound of characters, those in `paragraphs` keep line
    ends."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    longest: dict[str, int] = field(default_factory=dict)
    paragraphs: tuple[str, ...] = ()


def run(
    sheet: Sheet, text: str, *, take: Callable[[Cells], tuple[Verdict, str]],
    refusals: tuple[type[Exception], ...], keep: bool, finish: Callable[[], None] = lambda: None,
) -> list[Outcome]:  # fmt: skip
    """All lines or none: with an error in any of them nothing is kept. `finish` does what waits for the last line."""
    with transaction.atomic():
        outcomes = [_outcome(sheet, number, cells, take, refusals) for number, cells in lines(sheet, text)]
        if not keep or any(outcome.is_error for outcome in outcomes):
            transaction.set_rollback(True)
        else:
            finish()
    return outcomes


def _outcome(sheet: Sheet, number: int, cells: Cells, take, refusals) -> Outcome:
    try:
        with transaction.atomic():
            _check(sheet, cells)
            verdict, sentence = take(cells)
    except (LineError, *refusals) as refusal:
        return Outcome(number, Verdict.ERROR, str(refusal))
    return Outcome(number, verdict, sentence)


def lines(sheet: Sheet, text: str) -> list[tuple[int, Cells]]:
    """Each line that is not empty, with its number in the file."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff").replace("\x00", "")), delimiter=_delimiter(text))
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as exc:
        raise FileError from exc
    if not rows:
        raise FileError(_("The file is empty."))
    names = [cell.strip().lower() for cell in rows[0][1]]
    unknown = [name for name in names if name not in sheet.columns]
    missing = [name for name in sheet.required if name not in names]
    if unknown:
        raise FileError(_("Nobody knows these columns: %(names)s.") % {"names": ", ".join(unknown)[:200]})
    if missing:
        raise FileError(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if len(rows) - 1 > MOST_LINES:
        raise FileError(_("The file has more than %(most)s lines. Split it.") % {"most": MOST_LINES})
    return [
        (number, {name: _tidy(sheet, name, cell) for name, cell in zip(names, row, strict=False)})
        for number, row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _tidy(sheet: Sheet, name: str, cell: str) -> str:
    if name in sheet.paragraphs:
        return cell.replace("\r\n", "\n").strip()
    return " ".join(cell.split())


def _check(sheet: Sheet, cells: Cells) -> None:
    for column in sheet.required:
        if not cells.get(column):
            raise LineError(_("The column %(name)s is empty.") % {"name": column})
    for column, most in sheet.longest.items():
        if len(cells.get(column, "")) > most:
            raise LineError(_("The text in the column %(name)s is too long.") % {"name": column})


# Reading a cell


def choice_in(choices: type[TextChoices], typed: str, column: str) -> str:
    wanted = folded(typed).replace("-", "_").replace(" ", "_")
    if wanted not in choices.values:
        raise LineError(
            _("The column %(name)s takes one of: %(values)s.")
            % {"name": column, "values": ", ".join(choices.values)}
        )
    return wanted


def day_in(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as exc:
        raise LineError(_("Write the day as year-month-day, such as 2026-03-13.")) from exc
