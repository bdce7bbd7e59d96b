"""Finding and reading initiatives."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_safe

from initiatives.exports import COLUMNS
from initiatives.filters import NEWEST, InitiativeFilter
from initiatives.models import Initiative
from initiatives.presenting import for_page, presented, shows_name
from initiatives.rows import Row, listed, rows_of
from initiatives.views.comments import comment_context
from iqn.access import ensure
from iqn.bilingual import reading_language
from iqn.history.models import Event
from iqn.listing import FilteredList, Sort


@method_decorator(login_not_required, name="dispatch")
class InitiativeList(FilteredList):
    template_name = "initiatives/initiative_list.html"
    filterset_class = InitiativeFilter
    columns = COLUMNS
    export_name = "initiatives"

    @property
    def sorts(self) -> list[Sort]:
        sorts = [
            Sort("newest", _("Newest first"), NEWEST),
            Sort("title", _("Title"), (f"sort_title_{reading_language()}", "pk")),
            Sort("as-of", _("Status date"), ("-status_as_of", "-pk")),
        ]
        return [Sort("best", _("Best match"), ()), *sorts] if self.filters.words else sorts

    def all_rows(self) -> QuerySet:
        return Initiative.objects.listed_for(self.request.user)

    def get_queryset(self) -> QuerySet:
        rows = self.filters.qs
        best = self.sort is not None and self.sort.key == "best"
        return listed(self.filters.best_first(rows) if best else rows.order_by(*self.sort.order_by))

    def prepared(self, rows: list[Initiative]) -> list[Row]:
        return rows_of(rows, words=self.filters.words)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        may_post = self.request.user.has_perm("initiatives.post_initiative")
        return super().get_context_data(may_post=may_post, **kwargs)

    def for_export(self, rows: QuerySet) -> QuerySet:
        related = (
            "translations",
            "partners",
            "types",
            "occupations",
            "jurisdictions",
            "stages",
            "pillars",
            "benefits",
        )
        return rows.defer(None).defer("search_vector", "search_text").prefetch_related(*related)


@method_decorator(login_not_required, name="dispatch")
class InitiativeDetail(View):
    def get(self, request: HttpRequest, identifier: int) -> HttpResponse:
        initiative = _visible_or_404(request, identifier)
        context = presented(request, initiative)
        return render(
            request, "initiatives/initiative_detail.html", {**context, **comment_context(request, initiative)}
        )


def _visible_or_404(request: HttpRequest, identifier: int) -> Initiative:
    return get_object_or_404(for_page(Initiative.objects.visible_to(request.user)), number=identifier)


@login_not_required
@require_safe
def initiative_history(request: HttpRequest, identifier: int) -> HttpResponse:
    """What happened to it. What came before publication is for its author and staff."""
    initiative = _visible_or_404(request, identifier)
    events = Event.objects.about(initiative).visible_to(request.user).select_related("actor")
    if not request.user.has_perm("initiatives.see_whole_story", initiative):
        events = events.filter(at__gte=initiative.published_at, verb__in=PUBLIC_EVENTS)
    story = [
        (event, str(event.actor) if event.actor and shows_name(request.user, event.actor) else "")
        for event in events
    ]
    context = {**presented(request, initiative), "story": story}
    return render(request, "initiatives/initiative_history.html", context)


PUBLIC_EVENTS = [
    f"initiatives.initiative_{verb}"
    for verb in ("published", "edited", "withdrawn", "hidden", "restored", "loaded")
]


@require_safe
def initiative_mine(request: HttpRequest) -> HttpResponse:
    """One's own drafts and postings: where each stands and who acts next."""
    ensure(request.user.has_perm("initiatives.post_initiative"))
    own = Initiative.objects.filter(author__user=request.user).defer("search_vector", "search_text")
    own = own.prefetch_related("translations")
    return render(
        request, "initiatives/initiative_mine.html", {"initiatives": own.order_by("-state_since", "-pk")}
    )
