"""Earlier wordings of official texts, from the field history that the database keeps."""

from __future__ import annotations

from django.apps import apps

from iqn.bilingual import OfficialText, WantedTranslation
from iqn.text import fingerprint

LOOKED_AT = 100  # newest versions


def text_when_in_step(row: OfficialText, wanted: WantedTranslation) -> str | None:
    """The source as it read when both languages last agreed; None where history does not reach back so far."""
    agreed = row.translation_state.get(wanted.field, {}).get(wanted.source_language)
    versions = apps.get_model(row._meta.app_label, f"{row._meta.object_name}Version")
    earlier = versions.objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id")
    for text in earlier.values_list(wanted.source_column, flat=True)[:LOOKED_AT]:
        if fingerprint(text or "") == agreed:
            return text
    return None
