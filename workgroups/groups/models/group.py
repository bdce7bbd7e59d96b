"""A group of people who meet about one or more occupations. Public; what it keeps to itself lies in its meetings."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import OfficialText, OfficialTextQuerySet
from iqn.text import folded
from workgroups.groups.choices import GroupKind, GroupStatus


class GroupQuerySet(OfficialTextQuerySet):
    def visible_to(self, user):
        """The home page of every group is public."""
        return self

    def work_groups(self):
        return self.filter(kind=GroupKind.WORK_GROUP)

    def meeting(self):
        """Those that are expected to meet."""
        return self.filter(status__in=(GroupStatus.FORMING, GroupStatus.ACTIVE))

    def of_person(self, person, *, roles=None, on=None):
        """Groups in which this person holds a term on that day (today), a standing seat counting for every work group."""
        from workgroups.groups.models.term import Term  # noqa: PLC0415

        terms = Term.objects.of(person).on(on or timezone.localdate())
        if roles is not None:
            terms = terms.filter(role__in=roles)
        standing = Exists(terms.filter(seat__group__isnull=True))
        return self.filter(
            Q(Exists(terms.filter(seat__group=OuterRef("pk"))))
            | Q(Q(standing) & Q(kind=GroupKind.WORK_GROUP))
        )


class Group(OfficialText):
    official_fields = ("name", "mandate", "closing_note")
    optional_official_fields = ("closing_note",)

    code = models.CharField(_("code"), max_length=5, unique=True)  # begins every identifier, so never changes
    slug = models.SlugField(_("permanent short name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind.choices, default=GroupKind.WORK_GROUP)
    name = models.CharField(_("name"), max_length=150)
    mandate = models.TextField(_("mandate"), max_length=2000)
    status = models.CharField(
        _("status"), max_length=10, choices=GroupStatus.choices, default=GroupStatus.ACTIVE
    )
    status_since = models.CharField(_("status since"), max_length=10, blank=True)  # may lack day or month
    closing_note = models.TextField(_("closing note"), blank=True, max_length=4000)
    founded = models.CharField(
        _("founded"), max_length=10, blank=True
    )  # 2005, 2005-03 or 2005-03-13; empty: no source
    occupations = models.ManyToManyField(
        "reference.Occupation", blank=True, related_name="work_groups", verbose_name=_("occupations")
    )
    functions = models.ManyToManyField(
        "groups.Function", blank=True, related_name="groups", verbose_name=_("functions")
    )
    jurisdiction = models.ForeignKey(
        "reference.Jurisdiction", null=True, blank=True, on_delete=models.PROTECT, related_name="work_groups",
        verbose_name=_("province or territory"),
    )  # fmt: skip
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/Halifax")
    contact = models.CharField(_("contact"), max_length=200, blank=True)  # a role rather than a person
    contact_email = models.EmailField(_("address of the group"), blank=True)
    order = models.PositiveSmallIntegerField(_("position"), default=0)
    sort_name_en = models.CharField(max_length=200, editable=False, db_index=True)
    sort_name_fr = models.CharField(max_length=200, editable=False, db_index=True)
    is_demo = models.BooleanField(_("carries demonstration data"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    loaded_fingerprint = models.CharField(max_length=16, blank=True, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("order", "slug")
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="concluded") | Q(closing_note_en__isnull=False, closing_note_en__gt=""),
                name="groups_group_concluded_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def save(self, *args, **kwargs):
        for language in ("en", "fr"):
            name = getattr(self, f"name_{language}") or self.name_en or self.slug
            setattr(self, f"sort_name_{language}", folded(name))
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_name_en", "sort_name_fr"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("groups:detail", args=[self.slug])

    @classmethod
    def place(cls, path: str = "") -> F:
        """Where a group stands in a list of groups."""
        return F(f"{path}order")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_council(self) -> bool:
        return self.kind == GroupKind.COUNCIL

    @property
    def is_concluded(self) -> bool:
        return self.status == GroupStatus.CONCLUDED

    @property
    def is_expected_to_meet(self) -> bool:
        return self.status in (GroupStatus.FORMING, GroupStatus.ACTIVE)


class GroupSource(models.Model):
    """Where a fact about the group was read."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(max_length=2, default="en")
    says = models.CharField(_("what it says"), max_length=40, blank=True)  # such as "founded"
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title
