"""Every address in English and in French."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from iqn.portal.views import health, home, reports, robots

handler400 = "iqn.portal.views.errors.bad_request"
handler403 = "iqn.portal.views.errors.forbidden"
handler404 = "iqn.portal.views.errors.not_found"
handler429 = "iqn.portal.views.errors.too_many"  # asked by allauth's rate limits
handler500 = "iqn.portal.views.errors.server_error"

urlpatterns = [
    path("", home.splash, name="splash"),
    path("admin/", admin.site.urls),
    path("health/", health.health, name="health"),
    path("csp-report/", reports.csp_report, name="csp-report"),
    path("robots.txt", robots.robots, name="robots"),
]
if settings.DEMO:
    urlpatterns += [path("mailbox/", include("iqn.mail.urls"))]

urlpatterns += i18n_patterns(
    path("", include("iqn.portal.urls")),
    path(pgettext_lazy("address", "about/"), include("iqn.pages.urls")),
    path(pgettext_lazy("address", "accounts/"), include("members.urls.accounts")),
    path("", include("members.urls.portal")),
    # Before the groups: "decisions" and "actions" are no short names of groups
    path(pgettext_lazy("address", "work-groups/"), include("workgroups.meetings.urls")),
    path(pgettext_lazy("address", "work-groups/"), include("workgroups.groups.urls")),
    path(pgettext_lazy("address", "initiatives/"), include("initiatives.urls")),
    prefix_default_language=True,
)
