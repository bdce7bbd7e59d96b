from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "iqn.reference"
    label = "reference"
    verbose_name = _("Vocabularies")

    def ready(self) -> None:
        from iqn.reference import permissions  # noqa: F401, PLC0415 (registering)
