"""Official texts of the portal. A page is shown only while it is complete in both languages."""

from __future__ import annotations

import operator
from datetime import timedelta
from functools import reduce

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.access import is_staff
from iqn.bilingual import LANGUAGES, OfficialText, OfficialTextQuerySet, reading_language
from iqn.pages.links import problems_of
from iqn.searching import CONFIGURATIONS
from iqn.text import folded


class Section(models.TextChoices):
    ABOUT = "about", _("About the network")
    SITE = "site", _("About this site")


class Guideline(models.TextChoices):
    MEMBERSHIP = "membership", _("Guidelines for membership")
    POSTING = "posting", _("Guidelines for posting")


# What the network asks of members stands on one page, clause by clause; these two pages introduce its halves
GUIDELINE_PAGES = {f"guidelines-{guideline.value}": guideline for guideline in Guideline}
OVERVIEW = "about"


class PageQuerySet(OfficialTextQuerySet):
    def visible_to(self, user):
        return self if is_staff(user) else self.filter(is_published=True)

    def without_texts(self):
        """For lists and links: what an address and a line about the page need."""
        return self.defer("body", "body_en", "body_fr", "search_vector", "search_text", "translation_state")


def _search_words() -> SearchVector:
    """Both languages, each read by its own rules; the database keeps the column itself."""
    parts = [
        SearchVector(f"{field}_{language}", weight=weight, config=CONFIGURATIONS[language])
        for field, weight in (("title", "A"), ("summary", "B"), ("body", "C"))
        for language in LANGUAGES
    ]
    return reduce(operator.add, parts)


class Page(OfficialText):
    official_fields = ("title", "summary", "body")

    key = models.SlugField(_("permanent short name"), max_length=60, unique=True)
    slug_en = models.SlugField(_("English address"), max_length=80, unique=True)
    slug_fr = models.SlugField(_("French address"), max_length=80, unique=True)
    section = models.CharField(_("section"), max_length=10, choices=Section.choices, default=Section.ABOUT)
    order = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=60)
    summary = models.CharField(_("summary"), max_length=300)
    body = models.TextField(_("text"))
    is_published = models.BooleanField(_("published"), default=False)
    review_months = models.PositiveSmallIntegerField(_("months until it is read again"), default=12)
    confirmed_on = models.DateField(_("last confirmed"), default=timezone.localdate)
    content_updated_on = models.DateField(_("content changed on"), default=timezone.localdate)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped text last loaded
    version = models.PositiveIntegerField(default=1, editable=False)
    search_vector = models.GeneratedField(
        expression=_search_words(), output_field=SearchVectorField(), db_persist=True, null=True
    )
    search_text = models.TextField(blank=True, editable=False)  # folded title and summary, for typing errors

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ("section", "order", "key")
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        indexes = [GinIndex(fields=["search_vector"], name="pages_page_search")]

    def __str__(self) -> str:
        return self.title or self.key

    def save(self, *args, **kwargs):
        """Normalizes its own column only: what typing errors are compared with."""
        texts = [getattr(self, f"{field}_{x}") or "" for field in ("title", "summary") for x in LANGUAGES]
        self.search_text = " ".join(folded(word) for text in texts for word in text.split())
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Links to other pages must lead somewhere."""
        keys = set(Page.objects.values_list("key", flat=True)) | {self.key}
        errors = {}
        for column in ("body_en", "body_fr"):
            problems = problems_of(getattr(self, column) or "", keys)
            if problems:
                errors[column] = problems
        if errors:
            raise ValidationError(errors)

    def get_absolute_url(self) -> str:
        if self.key == OVERVIEW:
            return reverse("pages:about")
        if self.key in GUIDELINE_PAGES:
            return f"{reverse('pages:guidelines')}#{GUIDELINE_PAGES[self.key].value}"
        return reverse("pages:page", args=[self.slug])

    @property
    def slug(self) -> str:
        return self.slug_fr if reading_language() == "fr" else self.slug_en

    @property
    def review_by(self):
        return self.confirmed_on + timedelta(days=30 * self.review_months)

    @property
    def is_overdue(self) -> bool:
        return self.review_by < timezone.localdate()


class ClauseQuerySet(OfficialTextQuerySet):
    def in_force(self, guideline: str):
        return self.filter(guideline=guideline, is_repealed=False)

    def text_to_quote(self, number: str, language: str) -> str:
        """Empty where there is no such clause in force, or none in this language."""
        clause = self.filter(number=number, is_repealed=False).first()
        return (getattr(clause, f"text_{language}", "") or "").strip()


class Clause(OfficialText):
    """A numbered clause of the guidelines. The number is for ever; a decision keeps the text of its day."""

    official_fields = ("title", "text")

    guideline = models.CharField(_("guideline"), max_length=12, choices=Guideline.choices)
    number = models.CharField(_("number"), max_length=6, unique=True)
    order = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    is_repealed = models.BooleanField(_("no longer in force"), default=False)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped text last loaded

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ("guideline", "order", "number")
        verbose_name = _("clause of the guidelines")
        verbose_name_plural = _("clauses of the guidelines")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class GlossaryTerm(OfficialText):
    official_fields = ("term", "definition")

    slug = models.SlugField(max_length=60, unique=True)
    term = models.CharField(_("term"), max_length=100)
    definition = models.TextField(_("definition"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    loaded_fingerprint = models.CharField(
        max_length=16, blank=True, editable=False
    )  # of the shipped text last loaded

    objects = OfficialTextQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self) -> str:
        return self.term or self.slug
