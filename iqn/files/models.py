"""A file set is one text in its versions and its two languages; an upload is one file of it.

Knows no owner: whoever has documents points at a file set, decides who may read it, and serves it by a view of its own.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import other_language, reading_language
from iqn.files.choices import FileLanguage, Format, Kind, Translation


class FileSet(models.Model):
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PAPER)
    # Titles are shown to readers of both languages; a file may be there in one, and its title too
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_fr = models.CharField(_("title in French"), max_length=200, blank=True)
    language = models.CharField(_("first written in"), max_length=2, choices=FileLanguage.choices)
    translation = models.CharField(
        _("translation"), max_length=12, choices=Translation.choices, default=Translation.NOT_NEEDED
    )

    class Meta:
        verbose_name = _("file in its versions")
        verbose_name_plural = _("files in their versions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_en="") | ~Q(title_fr=""), name="files_fileset_has_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title_language(self) -> str:
        """The language in which this reader gets the title."""
        wanted = reading_language()
        return wanted if getattr(self, f"title_{wanted}") else other_language(wanted)

    @property
    def title(self) -> str:
        return getattr(self, f"title_{self.title_language}")

    @property
    def other_language(self) -> str:
        return other_language(self.language)

    @cached_property
    def versions(self) -> list[Upload]:
        """All files, newest first; asked once, from the prefetched ones where there are some."""
        return sorted(self.uploads.all(), key=lambda upload: (upload.uploaded_at, upload.pk), reverse=True)

    @property
    def newest(self) -> Upload | None:
        """The newest version in the language in which the text is written."""
        return next((upload for upload in self.versions if upload.language == self.language), None)

    @property
    def newest_translation(self) -> Upload | None:
        """The newest file in the other language, of whichever version it is the translation."""
        return next((upload for upload in self.versions if upload.language != self.language), None)

    @property
    def pair(self) -> Upload | None:
        """The newest version in the other language, if it is there."""
        newest, found = self.newest, self.newest_translation
        return found if newest and found and found.translates_id == newest.pk else None


class Upload(models.Model):
    """Kept for good once it is there: a correction is a new version."""

    file_set = models.ForeignKey(FileSet, on_delete=models.CASCADE, related_name="uploads")
    language = models.CharField(_("language"), max_length=2, choices=FileLanguage.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )  # the version before it in the same language
    translates = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="translations"
    )  # its pair: the file in the other language that says the same
    name = models.CharField(max_length=60, unique=True, editable=False)  # in the storage; says nothing
    original_name = models.CharField(_("file name"), max_length=120)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("size"))  # bytes, as kept
    checksum = models.CharField(max_length=64)  # SHA-256 of what is kept
    uploaded_by = models.ForeignKey("members.Person", on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField(_("uploaded on"), default=timezone.now)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(fields=["file_set", "language", "number"], name="files_upload_number"),
        ]

    def __str__(self) -> str:
        return self.original_name
