from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("People and membership")

    def ready(self) -> None:
        from members import notifications, permissions  # noqa: F401, PLC0415 (registering)

        notifications.register()
        autodiscover_modules("personal_data")
