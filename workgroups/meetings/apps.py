from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "workgroups.meetings"
    label = "meetings"
    verbose_name = _("Meetings of work groups")

    def ready(self) -> None:
        from workgroups.meetings import identifiers, notifications, permissions  # noqa: F401, PLC0415 (registering)

        identifiers.register()
        notifications.register()
