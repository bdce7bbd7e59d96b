"""People, organizations, one's own account and application."""

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from members.views import account, applications, directory, messages, organizations, references

app_name = "members"

people = [
    path("", directory.PersonList.as_view(), name="person-list"),
    path("<int:pk>/", directory.PersonDetail.as_view(), name="person-detail"),
    path(pgettext_lazy("address", "<int:pk>/write/"), messages.person_write, name="person-write"),
]
organization = [
    path("", organizations.OrganizationList.as_view(), name="organization-list"),
    path("<slug:slug>/", organizations.OrganizationDetail.as_view(), name="organization-detail"),
]
own_account = [
    path("", account.account, name="account"),
    path(pgettext_lazy("address", "profile/"), account.profile_edit, name="profile-edit"),
    path(pgettext_lazy("address", "employer/"), account.affiliation_change, name="affiliation-change"),
    path(pgettext_lazy("address", "leave/"), account.leave, name="leave"),
    path(pgettext_lazy("address", "data/"), account.data_download, name="data-download"),
]
application = [
    path("", applications.application_status, name="application-status"),
    path(pgettext_lazy("address", "new/"), applications.application_apply, name="application-apply"),
    path(
        pgettext_lazy("address", "reference/<str:token>/"),
        references.reference_confirm,
        name="reference-confirm",
    ),
]

urlpatterns = [
    path(pgettext_lazy("address", "members/"), include(people)),
    path(pgettext_lazy("address", "organizations/"), include(organization)),
    path(pgettext_lazy("address", "account/"), include(own_account)),
    path(pgettext_lazy("address", "application/"), include(application)),
]
