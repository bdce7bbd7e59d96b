"""Work groups: /work-groups/…"""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from workgroups.groups.views import (
    announcements,
    documents,
    facts,
    groups,
    history,
    invitations,
    roster,
    roster_import,
    terms,
)

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
# /work-groups/nursing/documents/
papers = [
    path("", documents.DocumentList.as_view(), name="document-list"),
    path(pgettext_lazy("address", "new/"), documents.document_create, name="document-create"),
    path("<str:identifier>/", documents.document_detail, name="document-detail"),
    path(
        pgettext_lazy("address", "<str:identifier>/files/<int:pk>/"),
        documents.document_download,
        name="document-download",
    ),
    path(
        pgettext_lazy("address", "<str:identifier>/new-file/"),
        documents.document_add_file,
        name="document-add-file",
    ),
    path(pgettext_lazy("address", "<str:identifier>/edit/"), documents.document_edit, name="document-edit"),
    path(
        pgettext_lazy("address", "<str:identifier>/withdraw/"),
        documents.document_withdraw,
        name="document-withdraw",
    ),
]
# /work-groups/nursing/announcements/
letters = [
    path("", announcements.announcement_list, name="announcement-list"),
    path(pgettext_lazy("address", "new/"), announcements.announcement_create, name="announcement-create"),
]
# /work-groups/nursing/
group: list = [
    path("", groups.group_detail, name="detail"),
    path(pgettext_lazy("address", "edit/"), facts.group_edit, name="edit"),
    path(pgettext_lazy("address", "status/"), facts.group_status, name="status"),
    path(pgettext_lazy("address", "history/"), history.GroupHistory.as_view(), name="history"),
    path(pgettext_lazy("address", "roster/"), include(table)),
    path(pgettext_lazy("address", "terms-of-reference/"), include(reference)),
    path(pgettext_lazy("address", "documents/"), include(papers)),
    path(pgettext_lazy("address", "announcements/"), include(letters)),
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
