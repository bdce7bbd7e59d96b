from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "workgroups.groups"
    label = "groups"
    verbose_name = _("Work groups")

    def ready(self) -> None:
        from workgroups.groups import (  # noqa: PLC0415 (registering)
            circles,
            identifiers,
            notifications,
            permissions,  # noqa: F401
            story,
        )

        circles.register()
        identifiers.register()
        notifications.register()
        story.register_own()
