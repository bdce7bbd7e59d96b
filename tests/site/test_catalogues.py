"""Collecting strings changes the catalogue only where strings have changed."""

from __future__ import annotations

from iqn.portal.management.commands.collect_strings import in_the_order_of

HEAD = 'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-01-01 00:00-0400\\n"'
MAY = '#, python-format\nmsgid "May %(day)s"\nmsgstr "%(day)s mai"'
MAY_DO = 'msgctxt "permission"\nmsgid "May"\nmsgstr "Peut"'
LONG = 'msgid ""\n"A line.\\n"\n"Another."\nmsgstr "Deux lignes."'


def catalogue(*entries: str) -> str:
    return "\n\n".join(entries) + "\n"


def test_entries_stay_where_they_are_and_new_ones_come_last():
    before = catalogue(HEAD, MAY, 'msgid "Gone"\nmsgstr "Parti"', LONG, MAY_DO)
    after = catalogue(HEAD.replace("01-01", "02-02"), 'msgid "New"\nmsgstr ""', MAY_DO, LONG, MAY)

    assert in_the_order_of(before, after) == catalogue(HEAD, MAY, LONG, MAY_DO, 'msgid "New"\nmsgstr ""')


def test_a_context_makes_another_entry():
    plain = MAY_DO.split("\n", 1)[1]
    assert in_the_order_of(catalogue(HEAD, MAY_DO, plain), catalogue(HEAD, plain, MAY_DO)) == catalogue(
        HEAD, MAY_DO, plain
    )
