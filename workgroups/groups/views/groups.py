"""Finding groups, the home page of one, and those of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn.access import is_staff
from iqn.listing import FilteredList
from workgroups.groups import home
from workgroups.groups.choices import RUNNING_ROLES, WANTED_CO_CHAIRS, GroupStatus
from workgroups.groups.document_rows import latest_documents
from workgroups.groups.exports import GROUP_COLUMNS
from workgroups.groups.filters import GroupFilter
from workgroups.groups.models import Function, Group, GroupSource, Term
from workgroups.groups.permissions import learn_roles, roles_today
from workgroups.groups.roster import roster_of, terms_of_reference_on
from workgroups.groups.views.finding import group_or_404, trail_to

STATUS_TAGS: dict[str, str] = {
    GroupStatus.FORMING: "tag--info", GroupStatus.ACTIVE: "tag--ok", GroupStatus.DORMANT: "tag--warn",
    GroupStatus.CONCLUDED: "",
}  # fmt: skip


@dataclass(frozen=True)
class GroupRow:
    group: Group
    tag: str
    lacks_co_chairs: bool


@method_decorator(login_not_required, name="dispatch")
class GroupList(FilteredList):
    template_name = "groups/group_list.html"
    filterset_class = GroupFilter
    columns = GROUP_COLUMNS
    export_name = "work-groups"

    def all_rows(self) -> QuerySet:
        rows = Group.objects.visible_to(self.request.user).work_groups()
        return rows.select_related("jurisdiction").prefetch_related("occupations")

    def prepared(self, rows: list[Group]) -> list[GroupRow]:
        lacking = lacking_co_chairs(rows) if is_staff(self.request.user) else set()
        return [GroupRow(group, STATUS_TAGS[group.status], group.pk in lacking) for group in rows]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        active = Group.objects.work_groups().filter(status=GroupStatus.ACTIVE).count()
        functions = Function.objects.filter(is_retired=False)
        overviews = home.overviews_for(self.request.user)
        return super().get_context_data(active=active, functions=functions, overviews=overviews, **kwargs)


def lacking_co_chairs(groups: list[Group]) -> set[int]:
    """Those that meet and have fewer than two co-chairs today; one query for all."""
    people: dict[int | None, set[int]] = {}
    of_groups = Q(seat__group__in=groups) | Q(seat__group__isnull=True)
    chairs = Term.objects.current().co_chairs().filter(of_groups)
    for group_pk, person_pk in chairs.values_list("seat__group", "person"):
        people.setdefault(group_pk, set()).add(person_pk)
    standing = people.get(None, set())
    return {
        group.pk
        for group in groups
        if group.is_expected_to_meet and len(people.get(group.pk, set()) | standing) < WANTED_CO_CHAIRS
    }


@login_not_required
@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    user = request.user
    roster = roster_of(group, user)
    sources = [SourceLine(source, says_words(source)) for source in group.sources.all()]
    context = {
        "group": group,
        "tag": STATUS_TAGS[group.status],
        "trail": trail_to(),
        "roster": roster,
        "reference": terms_of_reference_on(group, timezone.localdate()),
        "occupations": group.occupations.all(),
        "functions": group.functions.all(),
        "sources": sources,
        "years_differ": len({s.source.says for s in sources if s.source.says.startswith("founded")}) > 1,
        "sections": home.sections_of(group, user),
        "documents": latest_documents(group, user),
        "may_read_announcements": user.has_perm("groups.view_announcements", group),
        "may_edit": user.has_perm("groups.edit_group", group),
        "shows_lack": is_staff(user) and group.is_expected_to_meet and roster.lacks_co_chairs,
    }
    return render(request, "groups/group_detail.html", context)


@dataclass(frozen=True)
class SourceLine:
    source: GroupSource
    says: str


def says_words(source: GroupSource) -> str:
    """What a source says about the group: "founded 2009" and the like, in the reader's words."""
    what, _sep, year = source.says.rpartition(" ") if source.says[-4:].isdigit() else (source.says, "", "")
    words = {
        "founded": _("says that the group was founded in %(year)s"),
        "listed": _("names the group in %(year)s") if year else _("names the group"),
        "not listed": _("does not name the group"),
        "result": _("says what came of its work"),
    }
    return words.get(what, "%(year)s") % {"year": year}


@require_safe
def group_mine(request: HttpRequest) -> HttpResponse:
    """Every group in which the reader holds a seat today. What waits for those who run one stands on the home page."""
    user = request.user
    groups = list(Group.objects.of_person(user.person)) if user.person else []
    own = _roles_in(groups, user) if groups else {}
    strips = home.strips_of(groups, user)
    lacking = lacking_co_chairs(groups) if groups else set()
    rows = [
        {
            "group": group,
            "tag": STATUS_TAGS[group.status],
            "roles": own[group.pk],
            "sections": strips[group.pk],
            "lacks_co_chairs": group.pk in lacking,
        }
        for group in groups
    ]
    return render(
        request,
        "groups/group_mine.html",
        {"rows": rows, "runs_any": any(_is_run(group, user) for group in groups), "trail": trail_to()},
    )


def _is_run(group: Group, user) -> bool:
    return not group.is_concluded and bool(roles_today(user, group) & set(RUNNING_ROLES))


def _roles_in(groups: list[Group], user) -> dict[int, list[str]]:
    learn_roles(user, groups)
    return {
        group.pk: [Term(role=role).get_role_display() for role in sorted(roles_today(user, group))]
        for group in groups
    }
