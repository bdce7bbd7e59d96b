from django.urls import include, path, register_converter
from django.utils.translation import pgettext_lazy

from initiatives.identifiers import IdentifierConverter
from initiatives.views import comments, editing, initiatives, reports

app_name = "initiatives"
register_converter(IdentifierConverter, "identifier")

# /initiatives/IQN-0231/comments/42/
comment = [
    path("", comments.comment_detail, name="comment-detail"),
    path(pgettext_lazy("address", "reply/"), comments.comment_reply, name="comment-reply"),
    path(pgettext_lazy("address", "edit/"), comments.comment_edit, name="comment-edit"),
    path(pgettext_lazy("address", "remove/"), comments.comment_remove, name="comment-remove"),
    path(pgettext_lazy("address", "hide/"), comments.comment_hide, name="comment-hide"),
    path(pgettext_lazy("address", "report/"), reports.comment_report, name="comment-report"),
]
# /initiatives/IQN-0231/
initiative = [
    path("", initiatives.InitiativeDetail.as_view(), name="detail"),
    path(pgettext_lazy("address", "edit/"), editing.initiative_edit, name="edit"),
    path(pgettext_lazy("address", "withdraw/"), editing.initiative_withdraw, name="withdraw"),
    path(pgettext_lazy("address", "history/"), initiatives.initiative_history, name="history"),
    path(pgettext_lazy("address", "report/"), reports.initiative_report, name="report"),
    path(pgettext_lazy("address", "comments/new/"), comments.comment_create, name="comment-create"),
    path(pgettext_lazy("address", "comments/<int:pk>/"), include(comment)),
]

urlpatterns = [
    path("", initiatives.InitiativeList.as_view(), name="list"),
    path(pgettext_lazy("address", "new/"), editing.initiative_create, name="create"),
    path(pgettext_lazy("address", "mine/"), initiatives.initiative_mine, name="mine"),
    path(pgettext_lazy("address", "drafts/<uuid:key>/"), editing.initiative_preview, name="draft"),
    path(pgettext_lazy("address", "drafts/<uuid:key>/edit/"), editing.draft_edit, name="draft-edit"),
    path("<identifier:identifier>/", include(initiative)),  # type: ignore[arg-type]
]
