"""makemessages as this project wants it: no line numbers (they only make conflicts), nothing obsolete, French only, and
every entry where it stood, so that a change shows what it changes."""

import re

from django.conf import settings
from django.core.management.commands.makemessages import Command as MakeMessages

IGNORED = (".venv", ".iqn*", "tests", "node_modules", "*/migrations/*")
KEY = re.compile(r'^(?:msgctxt (?P<context>.*)\n)?msgid (?P<id>(?:".*"\n?)+)', re.MULTILINE)


class Command(MakeMessages):
    help = "Collect the strings of code and templates into the French catalogue (needs xgettext)."
    msgmerge_options = [*MakeMessages.msgmerge_options, "--no-fuzzy-matching", "--no-wrap"]
    xgettext_options = [*MakeMessages.xgettext_options, "--no-wrap"]

    def handle(self, *args, **options):
        options.update(
            locale=["fr"], no_obsolete=True, no_location=True, no_wrap=True, ignore_patterns=list(IGNORED),
            keep_pot=False, extensions=["html", "txt", "py"],
        )  # fmt: skip
        catalogue = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES" / "django.po"
        before = catalogue.read_text(encoding="utf-8")
        super().handle(*args, **options)
        after = catalogue.read_text(encoding="utf-8")
        catalogue.write_text(in_the_order_of(before, after), encoding="utf-8")


def in_the_order_of(before: str, after: str) -> str:
    """The entries of `after` as `before` has them, what is new at the end. The head stays: it tells no more than a date."""
    head, *entries = _blocks(before)
    places = {_key(entry): place for place, entry in enumerate(entries)}
    _head, *collected = _blocks(after)
    collected.sort(key=lambda entry: places.get(_key(entry), len(places)))
    return "\n\n".join([head, *collected]) + "\n"


def _blocks(catalogue: str) -> list[str]:
    return [block for block in re.split(r"\n{2,}", catalogue.strip()) if block]


def _key(entry: str) -> tuple[str, str]:
    found = KEY.search(entry)
    assert found is not None, entry
    return found["context"] or "", found["id"]
