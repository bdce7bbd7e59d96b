"""Work groups: /work-groups/…"""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from workgroups.groups.views import facts, groups, history, invitations, roster, roster_import, terms

app_name = "groups"

# /work-groups/nursing/terms-of-reference/
reference = [
    path("", terms.terms_detail, name="terms"),
    path("<int:number>/", terms.terms_detail, name="terms-version"),
    path(pgettext_lazy("address", "compare/"), terms.terms_compare, name="terms-compare"),
    path(pgettext_lazy("address", "edit/"), terms.terms_edit, name="terms-edit"),
    path(pgettext_lazy("address", "adopt/"), terms.terms_adopt, name="terms-adopt"),
]
# /work-groups/nursing/roster/
table = [
    path("", roster.roster, name="roster"),
    path(pgettext_lazy("address", "import/"), roster_import.roster_import, name="roster-import"),
    path(pgettext_lazy("address", "seats/new/"), roster.seat_add, name="seat-add"),
    path(pgettext_lazy("address", "seats/<int:pk>/terms/new/"), roster.term_begin, name="term-begin"),
    path(pgettext_lazy("address", "terms/<int:pk>/end/"), roster.term_end, name="term-end"),
    path(pgettext_lazy("address", "terms/<int:pk>/role/"), roster.term_role, name="term-role"),
    path(pgettext_lazy("address", "terms/<int:pk>/hand-over/"), roster.term_handover, name="term-handover"),
    path(pgettext_lazy("address", "terms/<int:pk>/invite/"), invitations.term_invite, name="term-invite"),
]
# /work-groups/nursing/
group: list = [
    path("", groups.group_detail, name="detail"),
    path(pgettext_lazy("address", "edit/"), facts.group_edit, name="edit"),
    path(pgettext_lazy("address", "status/"), facts.group_status, name="status"),
    path(pgettext_lazy("address", "history/"), history.GroupHistory.as_view(), name="history"),
    path(pgettext_lazy("address", "roster/"), include(table)),
    path(pgettext_lazy("address", "terms-of-reference/"), include(reference)),
]

urlpatterns = [
    path("", groups.GroupList.as_view(), name="list"),
    path(pgettext_lazy("address", "your-groups/"), groups.group_mine, name="mine"),
    path(
        pgettext_lazy("address", "invitations/<str:token>/"),
        invitations.invitation_accept,
        name="invitation-accept",
    ),
    path("<slug:slug>/", include(group)),
]
