from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        from initiatives import identifiers, notifications, permissions, search  # noqa: F401, PLC0415 (registering)

        identifiers.register()
        notifications.register()
        search.register()
