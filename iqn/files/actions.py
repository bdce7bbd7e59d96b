"""Files come in as versions of a file set. The owner's action calls these, in its transaction, and tells the history."""

from __future__ import annotations

from django.db import models, transaction

from iqn.files import keeping
from iqn.files.checking import Checked
from iqn.files.choices import Translation
from iqn.files.errors import NothingToTranslate
from iqn.files.models import FileSet, Upload


@transaction.atomic
def begin(
    *, by: models.Model, checked: Checked, kind: str, language: str, title_en: str, title_fr: str, translation: str,
) -> FileSet:  # fmt: skip
    """The first version of something new."""
    file_set = FileSet.objects.create(
        kind=kind, language=language, title_en=title_en, title_fr=title_fr, translation=translation
    )
    _append(by, file_set, checked, language)
    return file_set


@transaction.atomic
def add(*, by: models.Model, file_set: FileSet, checked: Checked, language: str) -> Upload:
    """In the language of the text: its next version, whose translation is wanted where there was one. In the other:
    the translation of the newest version."""
    file_set = FileSet.objects.select_for_update().get(pk=file_set.pk)
    if language != file_set.language:
        upload = _append(by, file_set, checked, language, translates=file_set.newest)
        file_set.translation = Translation.TRANSLATED
    else:
        upload = _append(by, file_set, checked, language)
        if file_set.translation == Translation.TRANSLATED:
            file_set.translation = Translation.AWAITING
    file_set.save(update_fields=["translation"])
    return upload


@transaction.atomic
def describe(
    *, by: models.Model, file_set: FileSet, kind: str, title_en: str, title_fr: str, translation: str
) -> FileSet:
    file_set = FileSet.objects.select_for_update().get(pk=file_set.pk)
    if translation == Translation.TRANSLATED and file_set.pair is None:
        raise NothingToTranslate
    file_set.kind, file_set.translation = kind, translation
    file_set.title_en, file_set.title_fr = title_en, title_fr
    file_set.save()
    return file_set


def _append(
    by: models.Model, file_set: FileSet, checked: Checked, language: str, translates: Upload | None = None
) -> Upload:
    before = file_set.uploads.filter(language=language).order_by("-number").first()
    return Upload.objects.create(
        file_set=file_set, language=language, number=before.number + 1 if before else 1, replaces=before,
        translates=translates, name=keeping.keep(checked.content), original_name=checked.name, format=checked.format,
        media_type=checked.media_type, size=len(checked.content), checksum=checked.checksum, uploaded_by=by,
    )  # fmt: skip
