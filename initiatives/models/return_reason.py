"""Reusable bilingual reasons for returning a posting to its author."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, OfficialTextQuerySet
from iqn.pages.models import Clause


class ReturnWording(NamedTuple):
    """What the author reads: the reason, and the clause as it reads today, in their language."""

    clause: str
    clause_text: str
    text: str


class ReturnReason(OfficialText):
    official_fields = ("title", "text")

    key = models.SlugField(max_length=60, unique=True)
    clause = models.CharField(_("clause of the guidelines"), max_length=10)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text to the author"))
    order = models.PositiveSmallIntegerField(default=0)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped row last loaded
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    objects = OfficialTextQuerySet.as_manager()

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("reason for returning")
        verbose_name_plural = _("reasons for returning")

    def __str__(self) -> str:
        return self.title or self.key

    def wording(self, language: str, own_words: str = "") -> ReturnWording | None:
        """None where the text or a clause in force is missing in this language."""
        text = own_words.strip() or (getattr(self, f"text_{language}") or "").strip()
        clause_text = Clause.objects.text_to_quote(self.clause, language)
        return ReturnWording(self.clause, clause_text, text) if text and clause_text else None
