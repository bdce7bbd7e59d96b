"""Every address in English and in French."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.i18n import set_language

from iqn.portal.views import health, home, identified, reports, robots

handler400 = "iqn.portal.views.errors.bad_request"
handler403 = "iqn.portal.views.errors.forbidden"
handler404 = "iqn.portal.views.errors.not_found"
handler429 = "iqn.portal.views.errors.too_many"  # asked by allauth's rate limits
handler500 = "iqn.portal.views.errors.server_error"

urlpatterns = [
    path("", home.splash, name="splash"),
    path("admin/", admin.site.urls),
    path("language/", set_language, name="set-language"),  # of the staff pages, whose address says none
    path("health/", health.health, name="health"),
    path("csp-report/", reports.csp_report, name="csp-report"),
    path("robots.txt", robots.robots, name="robots"),
    # Capital letters, so that no other address looks like one
    re_path(
        r"^(?P<identifier>[A-Z][A-Z0-9]{1,4}(?:-[A-Z0-9]{1,5}){0,3})/?$",
        identified.identified,
        name="identified",
    ),
]
if settings.DEMO:
    urlpatterns += [path("mailbox/", include("iqn.mail.urls"))]

urlpatterns += i18n_patterns(
    path("", include("iqn.portal.urls")),
    path(pgettext_lazy("address", "about/"), include("iqn.pages.urls")),
    path(pgettext_lazy("address", "accounts/"), include("members.urls.accounts")),
    path("", include("members.urls.portal")),
    # Pages over all groups stand before the group of whatever name
    path(pgettext_lazy("address", "work-groups/"), include("workgroups.meetings.urls")),
    path(pgettext_lazy("address", "work-groups/"), include("workgroups.groups.urls")),
    path(pgettext_lazy("address", "initiatives/"), include("initiatives.urls")),
    prefix_default_language=True,
)
