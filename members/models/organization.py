"""An organization outlives its people and its names."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iqn.access import is_staff
from iqn.bilingual import OfficialText, OfficialTextQuerySet
from iqn.text import folded, folded_key

MOST_NAMES = 500  # offered while somebody types


class OrganizationQuerySet(OfficialTextQuerySet):
    def visible_to(self, user):
        """Everyone sees what staff have confirmed; one's own new organization is seen by oneself."""
        if is_staff(user):
            return self
        shown = Q(is_confirmed=True)
        if getattr(user, "is_authenticated", False):
            shown |= Q(pk__in=self.model.objects.filter(affiliations__person__user=user).values("pk"))
        return self.filter(shown)

    def known_to(self, person):
        """What somebody may mean by a name: organizations that staff have confirmed, and those of one's own. What
        others have named is nobody's business until staff have looked at it."""
        own = self.model.objects.filter(Q(affiliations__person=person) | Q(applications__person=person))
        return self.filter(Q(is_confirmed=True) | Q(pk__in=own.values("pk")))

    def named(self, name: str):
        """The organization that somebody means by this name or acronym, in either language; None where there is none."""
        wanted = folded_key(" ".join(name.split()))
        known = self.order_by("-is_confirmed", "pk")
        by_name = known.filter(Q(sort_name_en=wanted) | Q(sort_name_fr=wanted)).first()
        if by_name or not wanted:
            return by_name
        acronym = name.strip()
        same = known.filter(Q(acronym_en__iexact=acronym) | Q(acronym_fr__iexact=acronym))[:2]
        return same[0] if len(same) == 1 else None  # two with one acronym: nobody knows which

    def names_to_offer(self, language: str) -> list[str]:
        """Names of confirmed organizations in one language, to choose from while typing; every known name is
        recognized all the same."""
        column = f"name_{language}"
        known = self.filter(is_confirmed=True).exclude(**{column: None}).exclude(**{column: ""})
        return list(known.order_by(f"sort_{column}").values_list(column, flat=True)[:MOST_NAMES])


class Organization(OfficialText):
    official_fields = ("name", "acronym")
    optional_official_fields = ("acronym",)

    slug = models.SlugField(_("permanent short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.ForeignKey(
        "reference.StakeholderType", on_delete=models.PROTECT, related_name="organizations",
        verbose_name=_("type of stakeholder"),
    )  # fmt: skip
    jurisdiction = models.ForeignKey(
        "reference.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="organizations",
        verbose_name=_("province or territory"),
    )  # fmt: skip
    website = models.URLField(_("website"), blank=True)
    former_names = models.CharField(_("earlier names"), max_length=400, blank=True)
    sort_name_en = models.CharField(max_length=200, editable=False, db_index=True)
    sort_name_fr = models.CharField(max_length=200, editable=False, db_index=True)
    search_text = models.TextField(blank=True, editable=False)  # every name and acronym, folded
    loaded_fingerprint = models.CharField(max_length=16, blank=True, editable=False)  # the loader's last word
    is_confirmed = models.BooleanField(_("checked by staff"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="members_organization_words")]

    def __str__(self) -> str:
        return self.name or self.slug

    def save(self, *args, **kwargs):
        for language in ("en", "fr"):
            name = getattr(self, f"name_{language}") or self.name_en or self.name_fr or self.slug
            setattr(self, f"sort_name_{language}", folded_key(name))
        names = [self.name_en, self.name_fr, self.acronym_en, self.acronym_fr, self.former_names]
        self.search_text = " ".join(folded(name) for name in names if name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {
                *kwargs["update_fields"],
                "sort_name_en",
                "sort_name_fr",
                "search_text",
            }
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:organization-detail", args=[self.slug])
