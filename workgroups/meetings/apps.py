from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "workgroups.meetings"
    label = "meetings"
    verbose_name = _("Meetings of work groups")

    def ready(self) -> None:
        from workgroups.meetings import (  # noqa: PLC0415 (registering)
            identifiers,
            notifications,
            outcome_identifiers,
            outcome_letters,
            permissions,  # noqa: F401
        )

        for module in (identifiers, notifications, outcome_identifiers, outcome_letters):
            module.register()
