"""An initiative as posted. Member text is stored once with its language; a translation is an optional second row."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.choices import (
    NEXT_STEP,
    Confidence,
    InitiativeStatus,
    PostState,
    PostVisibility,
    ResultsBasis,
)  # fmt: skip
from iqn.access import is_member, is_staff
from iqn.bilingual import reading_language
from iqn.typography import typeset
from members.choices import Language

GOING_ON = (InitiativeStatus.IDEA, InitiativeStatus.PLANNED, InitiativeStatus.PILOT, InitiativeStatus.RUNNING)
STALE_AFTER_DAYS = 456  # 15 months

TEXT_FIELDS = (
    "title", "summary", "problem", "work", "results", "lessons",
    "other_partners", "occupation_note", "dates_note", "replacement_note", "recognition",
)  # fmt: skip
# What it says, besides its texts: who revises an initiative changes one of these
STATEMENTS = (
    "results_basis", "status", "status_as_of", "status_as_of_estimated", "started", "started_estimated", "ended",
    "ended_estimated", "website", "contact", "sources",
)  # fmt: skip
RELATIONS = ("partners", "occupations", "jurisdictions", "stages", "types", "pillars", "benefits")
# Besides the types: what must be filled before an initiative is sent; everything else may stay empty
REQUIRED_TO_POST = ("title", "summary", "work", "lead_organization_id", "status")


class InitiativeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=PostState.PUBLISHED)

    def visible_to(self, user):
        """Published ones as far as their visibility goes; own ones always; staff see what has left the author's desk."""
        shown = Q(state=PostState.PUBLISHED)
        if is_staff(user):
            shown = ~Q(state=PostState.DRAFT)
        elif not is_member(user):
            shown &= Q(visibility=PostVisibility.PUBLIC)
        if getattr(user, "is_authenticated", False):
            shown |= Q(author__user=user)
        return self.filter(shown)

    def listed_for(self, user):
        """What lists, counts, search, exports and feeds show this reader: published only, whoever asks."""
        if is_member(user) or is_staff(user):
            return self.published()  # all of them; so the query is the same for all members
        return self.published().visible_to(user)


class InitiativeText(models.Model):
    """Abstract: the texts of an initiative in one language. Markdown but for title and summary."""

    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("summary"), max_length=400)
    problem = models.TextField(_("the problem"), blank=True, max_length=5000)
    work = models.TextField(_("what is done"), blank=True, max_length=10000)
    results = models.TextField(_("results"), blank=True, max_length=5000)
    lessons = models.TextField(_("lessons learned"), blank=True, max_length=5000)
    other_partners = models.CharField(_("other partners"), max_length=400, blank=True)
    occupation_note = models.CharField(_("note on the occupations"), max_length=300, blank=True)
    dates_note = models.CharField(_("note on the dates"), max_length=300, blank=True)
    replacement_note = models.CharField(_("what replaced it"), max_length=300, blank=True)
    recognition = models.CharField(_("recognition received"), max_length=300, blank=True)

    class Meta:
        abstract = True


class Initiative(InitiativeText):
    key = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # address of a draft: not to be guessed
    number = models.PositiveIntegerField(
        null=True, blank=True, unique=True, editable=False
    )  # from first submission
    state = models.CharField(max_length=10, choices=PostState.choices, default=PostState.DRAFT)
    state_since = models.DateTimeField(default=timezone.now)
    visibility = models.CharField(
        _("who may read it"), max_length=10, choices=PostVisibility.choices, default=PostVisibility.PUBLIC
    )
    author = models.ForeignKey(
        "members.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives"
    )  # none: imported, the lead organization owns it and staff edit it
    author_organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # of the day it was posted
    language = models.CharField(_("language of the text"), max_length=2, choices=Language.choices)
    results_basis = models.CharField(
        _("basis of the results"), max_length=10, blank=True, choices=ResultsBasis.choices
    )
    status = models.CharField(
        _("status"), max_length=15, choices=InitiativeStatus.choices, default=InitiativeStatus.RUNNING
    )
    # Dates may lack day or month: 2013, 2013-03, 2013-03-13
    status_as_of = models.CharField(_("status as of"), max_length=10, blank=True)
    status_as_of_estimated = models.BooleanField(default=False)
    started = models.CharField(_("started"), max_length=10, blank=True)
    started_estimated = models.BooleanField(default=False)
    ended = models.CharField(_("ended"), max_length=10, blank=True)
    ended_estimated = models.BooleanField(default=False)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces",
        verbose_name=_("replaced by"),
    )  # fmt: skip
    lead_organization = models.ForeignKey(
        "members.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="initiatives",
        verbose_name=_("lead organization"),
    )  # fmt: skip
    partners = models.ManyToManyField(
        "members.Organization", blank=True, related_name="partner_initiatives", verbose_name=_("partners")
    )
    occupations = models.ManyToManyField(
        "reference.Occupation", blank=True, related_name="initiatives", verbose_name=_("occupations")
    )
    all_occupations = models.BooleanField(_("several or all occupations"), default=False)
    jurisdictions = models.ManyToManyField(
        "reference.Jurisdiction", blank=True, related_name="initiatives",
        verbose_name=_("provinces and territories"),
    )  # fmt: skip
    pan_canadian = models.BooleanField(_("all of Canada"), default=False)
    stages = models.ManyToManyField(
        "reference.Stage", blank=True, related_name="initiatives", verbose_name=_("stages of the pathway")
    )
    types = models.ManyToManyField(
        "reference.InitiativeType", blank=True, related_name="initiatives", verbose_name=_("types")
    )
    pillars = models.ManyToManyField(
        "reference.Pillar", blank=True, related_name="initiatives", verbose_name=_("pillars of the mission")
    )
    benefits = models.ManyToManyField(
        "reference.Benefit", blank=True, related_name="initiatives", verbose_name=_("benefits")
    )
    offered_in = models.CharField(
        _("offered in"), max_length=5, blank=True,
        choices=[("en", _("English")), ("fr", _("French")), ("en,fr", _("English and French"))],
    )  # fmt: skip
    website = models.URLField(_("website"), blank=True, max_length=500)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)  # addresses, in order
    # What staff told the author when they returned or hid it, with the clause as it read on that day
    decision_text = models.TextField(blank=True, max_length=4000, editable=False)
    decision_clause = models.CharField(max_length=10, blank=True, editable=False)
    decision_clause_text = models.TextField(blank=True, editable=False)
    # For staff: what is known about imported facts
    confidence = models.CharField(_("confidence"), max_length=10, blank=True, choices=Confidence.choices)
    to_verify = models.CharField(_("to verify"), max_length=400, blank=True)
    content_key = models.SlugField(max_length=60, null=True, blank=True, unique=True, editable=False)
    loaded_version = models.PositiveIntegerField(
        null=True, blank=True, editable=False
    )  # the loader's last word
    version = models.PositiveIntegerField(default=1, editable=False)
    # Grows when what it says is revised, not with tags and notes: a mark "needs an update" is on one of these
    text_version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    content_updated_on = models.DateField(null=True, blank=True, editable=False)
    # Kept by actions.indexing: titles as they sort, words in both languages, folded text for typing errors
    sort_title_en = models.CharField(max_length=200, blank=True, editable=False)
    sort_title_fr = models.CharField(max_length=200, blank=True, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number__isnull=False),
                name="initiatives_initiative_numbered_once_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="initiatives_initiative_published_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "hidden")) | ~Q(decision_text=""),
                name="initiatives_initiative_no_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="initiatives_newest"),
            models.Index(fields=["state", "state_since"], name="initiatives_queue"),
            models.Index(fields=["state", "sort_title_en", "id"], name="initiatives_title_en"),
            models.Index(fields=["state", "sort_title_fr", "id"], name="initiatives_title_fr"),
            models.Index(fields=["state", "-status_as_of", "-id"], name="initiatives_as_of"),
            GinIndex(fields=["search_vector"], name="initiatives_search"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="initiatives_trigrams"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled draft"))

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("initiatives:draft", args=[self.key])
        return reverse("initiatives:detail", args=[self.identifier])

    def get_status_display(self) -> str:  # type: ignore[no-redef]
        """Django's own hashes the words of every choice on each call, which lists feel."""
        return str(dict(InitiativeStatus.choices).get(self.status, self.status))

    @property
    def identifier(self) -> str:
        """IQN-0231; empty for a draft that was never sent."""
        return f"IQN-{self.number:04d}" if self.number is not None else ""

    @property
    def is_draft(self) -> bool:
        return self.state == PostState.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == PostState.PUBLISHED

    @property
    def is_hidden(self) -> bool:
        return self.state == PostState.HIDDEN

    @property
    def waits_for_review(self) -> bool:
        return self.state == PostState.SUBMITTED

    @property
    def can_be_submitted(self) -> bool:
        return self.state in (PostState.DRAFT, PostState.RETURNED, PostState.WITHDRAWN)

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in (PostState.SUBMITTED, PostState.RETURNED, PostState.PUBLISHED)

    @property
    def accepts_comments(self) -> bool:
        return self.is_published

    @property
    def next_step(self) -> str:
        """Who acts next, in a sentence to the author."""
        return NEXT_STEP[self.state]  # type: ignore[index, return-value]

    def missing_for_posting(self) -> list[str]:
        """Names of the fields that must be filled before it is sent. Imported ones may lack what no source says."""
        required = [name for name in REQUIRED_TO_POST if name != "work" or not self.is_imported]
        missing = [name for name in required if not getattr(self, name)]
        if not self.types.exists():
            missing.append("types")
        return missing

    @property
    def may_have_changed(self) -> bool:
        """Is it said to be going on, on the word of more than 15 months ago?"""
        if self.status not in GOING_ON or not self.status_as_of:
            return False
        limit = timezone.localdate() - timedelta(days=STALE_AFTER_DAYS)
        return self.status_as_of < limit.isoformat()[: len(self.status_as_of)]

    @property
    def is_imported(self) -> bool:
        return self.author_id is None

    @cached_property
    def translation(self) -> InitiativeTranslation | None:
        """The second language, where somebody wrote it (uses a prefetch of `translations`)."""
        return next(iter(self.translations.all()), None)

    def text(self, field: str) -> tuple[str, str]:
        """(text, its language) of a field for the reader's language, falling back to the original."""
        wanted = reading_language()
        if wanted != self.language and self.translation and self.translation.language == wanted:
            translated = getattr(self.translation, field)
            if translated:
                return translated, wanted
        return getattr(self, field), self.language

    @property
    def shown_title(self) -> str:
        """For the reader's language, as `text` finds it."""
        title, language = self.text("title")
        return typeset(title, language) or str(_("Untitled draft"))

    @property
    def shown_language(self) -> str:
        return self.text("title")[1]


class InitiativeTranslation(InitiativeText):
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    translated_version = models.PositiveIntegerField(
        default=1, editable=False
    )  # of the original it was made from

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "language"], name="initiatives_translation_one_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.title
