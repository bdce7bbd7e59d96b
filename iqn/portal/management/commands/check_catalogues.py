"""Fails on untranslated, fuzzy or forgotten strings."""

import shutil
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from iqn.catalogues import catalogue_files, unfinished


def _ids(path: Path) -> set[tuple]:
    with path.open("rb") as source:
        return {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in read_po(source) if m.id}


class Command(BaseCommand):
    help = "Fail when the French catalogue has untranslated, fuzzy or missing strings."

    def handle(self, *args, **options):
        problems = [
            f"{po.relative_to(settings.BASE_DIR)}: {line}"
            for po in catalogue_files()
            for line in unfinished(po)
        ]
        if shutil.which("xgettext"):
            problems += self._forgotten()
        else:
            self.stdout.write("xgettext is not here: strings missing from the catalogue were not looked for.")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write("The French catalogue is complete.")

    def _forgotten(self) -> list[str]:
        """Strings of the code that the catalogue lacks, found by collecting them into a copy."""
        own = settings.LOCALE_PATHS[0] / "fr" / "LC_MESSAGES" / "django.po"
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / "django.po"
            shutil.copy(own, copy)
            try:
                call_command("collect_strings", verbosity=0)
                return [
                    f"not in the catalogue: {text}" for _, text in sorted(_ids(own) - _ids(copy), key=str)
                ]
            finally:
                shutil.copy(copy, own)
