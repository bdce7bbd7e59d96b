from django.urls import path
from django.utils.translation import pgettext_lazy

from iqn.portal.views import home, letters, queue, search, translations

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "search/"), search.search, name="search"),
    path(pgettext_lazy("address", "settings/notifications/"), letters.letters_edit, name="letters"),
    path(
        pgettext_lazy("address", "settings/notifications/<str:token>/"),
        letters.letters_edit_by_link,
        name="letters-by-link",
    ),
    path(pgettext_lazy("address", "needs-you/"), queue.queue, name="queue"),
    path(
        pgettext_lazy("address", "needs-you/translations/"),
        translations.translation_next,
        name="queue-translations",
    ),
    path(
        pgettext_lazy("address", "needs-you/translations/<str:model>/<int:pk>/<str:column>/"),
        translations.translation_edit,
        name="queue-translation",
    ),
]
