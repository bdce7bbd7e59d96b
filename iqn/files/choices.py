"""Closed lists of this app."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a file is to its readers."""

    PAPER = "paper", pgettext_lazy("document", "Discussion paper")
    REPORT = "report", pgettext_lazy("document", "Report or study")
    PRESENTATION = "presentation", pgettext_lazy("document", "Presentation")
    LETTER = "letter", pgettext_lazy("document", "Letter")
    FORM = "form", pgettext_lazy("document", "Form or template")
    PICTURE = "picture", pgettext_lazy("document", "Chart or picture")
    OTHER = "other", pgettext_lazy("document", "Other document")


class Format(models.TextChoices):
    """What a file is to a machine, decided by its content."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    PNG = "png", "PNG"
    JPEG = "jpeg", "JPEG"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PNG: "image/png",
    Format.JPEG: "image/jpeg",
}
# What the name of a file may end with; the first is how a copy is named
ENDINGS = {
    Format.PDF: (".pdf",),
    Format.DOCX: (".docx",),
    Format.PNG: (".png",),
    Format.JPEG: (".jpg", ".jpeg"),
}


class Translation(models.TextChoices):
    """Is the newest version there in the other language?"""

    NOT_NEEDED = "not_needed", pgettext_lazy("translation", "Not needed")
    AWAITING = "awaiting", pgettext_lazy("translation", "Awaiting translation")
    IN_PROGRESS = "in_progress", pgettext_lazy("translation", "Being translated")
    TRANSLATED = "translated", pgettext_lazy("translation", "Translated")


class FileLanguage(models.TextChoices):
    EN = "en", _("English")
    FR = "fr", _("French")


LARGEST = 10 * 1024 * 1024  # bytes of one file
