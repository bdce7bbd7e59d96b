from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "iqn.pages"
    label = "pages"
    verbose_name = _("Official pages")

    def ready(self) -> None:
        from iqn.pages import permissions  # noqa: F401, PLC0415 (registering)
