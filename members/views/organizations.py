"""Organizations: public pages that say who they are, what they lead, and who of them is in the network."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from iqn.access import is_member
from iqn.bilingual import other_language, reading_language
from iqn.listing import FilteredList
from members.exports import ORGANIZATION_COLUMNS
from members.filters import OrganizationFilter
from members.models import Affiliation, Organization, Person

POSTS_SHOWN = 25
PEOPLE_SHOWN = 100


@method_decorator(login_not_required, name="dispatch")
class OrganizationList(FilteredList):
    template_name = "members/organization_list.html"
    filterset_class = OrganizationFilter
    columns = ORGANIZATION_COLUMNS
    export_name = "organizations"

    def all_rows(self) -> QuerySet:
        by_name = f"sort_name_{reading_language()}"
        return (
            Organization.objects.visible_to(self.request.user)
            .select_related("kind", "jurisdiction")
            .order_by(by_name, "pk")
        )


@method_decorator(login_not_required, name="dispatch")
class OrganizationDetail(DetailView):
    template_name = "members/organization_detail.html"
    context_object_name = "organization"

    def get_queryset(self) -> QuerySet:
        return Organization.objects.visible_to(self.request.user).select_related("kind", "jurisdiction")

    def get_context_data(self, **kwargs):
        organization, user = self.object, self.request.user
        led = _titles(organization.initiatives, user)
        shared = _titles(organization.partner_initiatives, user)
        return super().get_context_data(
            **kwargs,
            trail=[(_("Organizations"), reverse("members:organization-list"))],
            led=led[:POSTS_SHOWN],
            shared=shared[:POSTS_SHOWN],
            has_more_posts=len(led) > POSTS_SHOWN or len(shared) > POSTS_SHOWN,
            **_other_name(organization),
            **_people(organization, user),
            may_change=user.has_perm("members.change_organization", organization),
        )


def _other_name(organization: Organization) -> dict:
    """Its name in the other language, where it is another one."""
    other = other_language(reading_language())
    name = getattr(organization, f"name_{other}")
    labels = {"en": _("Name in English"), "fr": _("Name in French")}
    return {"other_name": name if name != organization.name else "", "other_name_label": labels[other]}


def _titles(posts, user) -> list[tuple]:
    """(initiative, title, language of the title), one more than the page shows."""
    listed = posts.listed_for(user).prefetch_related("translations")[: POSTS_SHOWN + 1]
    return [(post, *post.text("title")) for post in listed]


def _people(organization: Organization, user) -> dict:
    """Who works here today: those who chose to be seen by everyone, and all members for their colleagues."""
    here = Affiliation.objects.current().filter(organization=organization).select_related("person")
    here = here.order_by("person__sort_name", "pk")
    colleagues = is_member(user) and here.filter(person=user.person).exists()
    shown = Person.objects.members() if colleagues else Person.objects.publicly_listed()
    rows = here.filter(person__in=shown)[:PEOPLE_SHOWN]
    return {
        "people": rows,
        "are_colleagues": colleagues,
        "may_open_profiles": is_member(user) or user.is_staff,
    }
