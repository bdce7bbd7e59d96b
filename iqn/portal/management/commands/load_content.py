"""Loads what ships with the portal, as often as you like."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.management.base import BaseCommand
from django.db import transaction

from initiatives.actions.indexing import index_all
from initiatives.actions.loading import load_initiatives, load_return_reasons
from iqn.loading import Tally
from iqn.pages.loading import load_pages
from iqn.reference.loading import load_reference
from members.actions.loading import load_decline_reasons, load_organizations
from workgroups.groups.actions.loading import load_groups

# What refers to something comes after it
STEPS: tuple[Callable[[], Tally | Iterable[Tally]], ...] = (
    load_reference,
    load_pages,
    load_organizations,
    load_decline_reasons,
    load_return_reasons,
    load_groups,
    load_initiatives,
)


class Command(BaseCommand):
    help = "Load pages, vocabularies, organizations, work groups and initiatives; what a person has edited stays."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        has_changed = False
        for step in STEPS:
            loaded = step()
            for tally in [loaded] if isinstance(loaded, Tally) else loaded:
                has_changed |= bool(tally.updated)
                if options["verbosity"] > 1 or (options["verbosity"] and tally.is_news):
                    self.stdout.write(str(tally))
        if has_changed:  # perhaps a name that initiatives are found by
            index_all()
