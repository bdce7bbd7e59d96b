"""Every address in English and in French."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from iqn.portal.views import home

handler400 = "iqn.portal.views.errors.bad_request"
handler403 = "iqn.portal.views.errors.forbidden"
handler404 = "iqn.portal.views.errors.not_found"
handler500 = "iqn.portal.views.errors.server_error"

urlpatterns = [
    path("", home.splash, name="splash"),
    path("admin/", admin.site.urls),
]

urlpatterns += i18n_patterns(
    path("", include("iqn.portal.urls")),
    path(pgettext_lazy("address", "accounts/"), include("members.urls.accounts")),
    prefix_default_language=True,
)
