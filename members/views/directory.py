"""The directory: members find one another by organization, occupation, place and language."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.views import View

from iqn.listing import FilteredList
from members.filters import PersonFilter
from members.models import Affiliation, Person


class PersonList(FilteredList):
    template_name = "members/person_list.html"
    filterset_class = PersonFilter
    permission = "members.view_directory"
    export_name = "members"

    def all_rows(self) -> QuerySet:
        today = Affiliation.objects.current().select_related("organization")
        return (
            Person.objects.members()
            .select_related("occupation", "jurisdiction")
            .prefetch_related(Prefetch("affiliations", today, to_attr="affiliations_today"))
        )


class PersonDetail(View):
    def get(self, request, **kwargs):
        return HttpResponse("")
