"""The directory: members find one another by organization, occupation, place and language."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from iqn.access import ensure
from iqn.listing import FilteredList
from members.exports import person_columns
from members.filters import PersonFilter
from members.models import Affiliation, Person

POSTS_SHOWN = 25
CONTACT_LABELS = {"contact_email": _("E-mail"), "phone": _("Telephone"), "website": _("Website")}


class PersonList(FilteredList):
    template_name = "members/person_list.html"
    filterset_class = PersonFilter
    permission = "members.view_directory"
    export_name = "members"

    def all_rows(self) -> QuerySet:
        today = Affiliation.objects.current().select_related("organization__kind")
        return (
            Person.objects.members()
            .select_related("occupation", "jurisdiction")
            .prefetch_related(Prefetch("affiliations", today, to_attr="affiliations_today"))
        )

    def get_columns(self):
        return person_columns(self.request.user)

    def may_export(self) -> bool:
        return True  # whoever may read the directory may take it along, as far as they see it


class PersonDetail(DetailView):
    template_name = "members/person_detail.html"
    context_object_name = "subject"  # "person" would be too easily taken for the reader

    def dispatch(self, request, *args, **kwargs):
        ensure(request.user.has_perm("members.view_directory"))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        affiliations = Affiliation.objects.select_related("organization")
        return (
            Person.objects.visible_to(self.request.user)
            .select_related("occupation", "jurisdiction", "user")
            .prefetch_related(Prefetch("affiliations", affiliations))
        )

    def get_context_data(self, **kwargs):
        person, user = self.object, self.request.user
        today = timezone.localdate()
        affiliations = list(person.affiliations.all())
        posts = list(person.initiatives.listed_for(user).prefetch_related("translations")[: POSTS_SHOWN + 1])
        details = person.contact_details_for(user)
        return super().get_context_data(
            **kwargs,
            trail=[(_("Members"), reverse("members:person-list"))],
            is_oneself=user.person == person,
            is_member=person.is_member,
            current=[a for a in affiliations if a.is_on(today)],
            past=[a for a in affiliations if a.until and a.until <= today],
            contact=[(field, CONTACT_LABELS[field], value) for field, value in details],
            posts=[(post, *post.text("title")) for post in posts[:POSTS_SHOWN]],
            has_more_posts=len(posts) > POSTS_SHOWN,
            may_write=user.has_perm("members.write_to_person", person) and person.can_be_written_to,
        )
