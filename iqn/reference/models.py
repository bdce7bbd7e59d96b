"""Occupations, jurisdictions, stages, types: what initiatives, people and (later) pathways are described by."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, OfficialTextQuerySet


class VocabularyQuerySet(OfficialTextQuerySet):
    def in_reading_order(self):
        """As readers look for them: by name in their language, unless the rows have an order of their own."""
        if not self.model.sorts_by_name:
            return self.order_by("order", "slug")
        name = Unaccent(Lower(F(f"name_{(get_language() or 'en')[:2]}")))
        return self.order_by(self.model.place(), name, "slug")


class Vocabulary(OfficialText):
    """Abstract: one row of a list. The slug stays for ever; names may be edited; retired rows keep old references."""

    official_fields: tuple[str, ...] = ("name",)
    sorts_by_name = False
    stands_first = ""  # slug of the row that comes before all names

    slug = models.SlugField(_("permanent short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150)
    order = models.PositiveSmallIntegerField(_("position"), default=0)
    is_retired = models.BooleanField(_("no longer offered"), default=False)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped row last loaded

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.name or self.slug

    @classmethod
    def place(cls, path: str = "") -> Any:
        """Where a row stands in a list before names are compared; `path` leads to the row ("jurisdiction__")."""
        if not cls.sorts_by_name:
            return F(f"{path}order")
        return Case(When(**{f"{path}slug": cls.stands_first}, then=Value(0)), default=Value(1))


class Jurisdiction(Vocabulary):
    """A province or territory, or pan-Canadian (code CA)."""

    sorts_by_name = True
    stands_first = "pan-canadian"

    code = models.CharField(_("postal code"), max_length=2, unique=True)

    class Meta(Vocabulary.Meta):
        verbose_name = _("province or territory")
        verbose_name_plural = _("provinces and territories")


class Occupation(Vocabulary):
    sorts_by_name = True

    family = models.CharField(_("family"), max_length=30, blank=True)

    class Meta(Vocabulary.Meta):
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")


class OccupationCode(models.Model):
    """A code of the National Occupational Classification; codes change with the edition, so never a key."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=5)
    edition = models.CharField(max_length=4, default="2021")
    is_confirmed = models.BooleanField(_("checked against its source"), default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("edition", "code")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "edition", "code"], name="reference_occupationcode_once"
            )
        ]

    def __str__(self) -> str:
        return f"NOC {self.edition} {self.code}"


class Stage(Vocabulary):
    """Where on the way to practising something helps, from before arrival to keeping a licence."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("stage of the pathway")
        verbose_name_plural = _("stages of the pathway")


class InitiativeType(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("type of initiative")
        verbose_name_plural = _("types of initiative")


class StakeholderType(Vocabulary):
    """Whose voice an organization is; ten of them are expected around a work group's table."""

    counts_on_roster = models.BooleanField(_("counted in a work group's coverage"), default=True)

    class Meta(Vocabulary.Meta):
        verbose_name = _("type of stakeholder")
        verbose_name_plural = _("types of stakeholder")


class Pillar(Vocabulary):
    """One of the four parts of the network's mission."""

    official_fields: tuple[str, ...] = ("name", "description")
    description = models.TextField(_("description"), blank=True)

    class Meta(Vocabulary.Meta):
        verbose_name = _("pillar of the mission")
        verbose_name_plural = _("pillars of the mission")


class Benefit(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("benefit")
        verbose_name_plural = _("benefits")
