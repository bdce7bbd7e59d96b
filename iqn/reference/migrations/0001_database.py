"""Extensions and text search configurations that everything else stands on."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Accents are taken off before stemming, so that they may be typed or not; stop words are taken off too
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION iqn_{code} (COPY = pg_catalog.{language});
ALTER TEXT SEARCH CONFIGURATION iqn_{code}
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
  WITH unaccent, {language}_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        *[
            migrations.RunSQL(
                CONFIGURATION.format(code=code, language=language),
                f"DROP TEXT SEARCH CONFIGURATION IF EXISTS iqn_{code};",
            )
            for code, language in (("en", "english"), ("fr", "french"))
        ],
    ]
