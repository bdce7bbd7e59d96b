"""makemessages as this project wants it: no line numbers (they only make conflicts), nothing obsolete, French only."""

from django.core.management.commands.makemessages import Command as MakeMessages

IGNORED = (".venv", ".iqn*", "tests", "node_modules", "*/migrations/*")


class Command(MakeMessages):
    help = "Collect the strings of code and templates into the French catalogue (needs xgettext)."
    msgmerge_options = [*MakeMessages.msgmerge_options, "--no-fuzzy-matching", "--no-wrap"]
    xgettext_options = [*MakeMessages.xgettext_options, "--no-wrap"]

    def handle(self, *args, **options):
        options.update(
            locale=["fr"], no_obsolete=True, no_location=True, no_wrap=True, ignore_patterns=list(IGNORED),
            keep_pot=False, extensions=["html", "txt", "py"],
        )  # fmt: skip
        super().handle(*args, **options)
