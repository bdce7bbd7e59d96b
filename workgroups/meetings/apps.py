from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "workgroups.meetings"
    label = "meetings"
    verbose_name = _("Meetings of work groups")

    def ready(self) -> None:
        from workgroups.groups import joining  # noqa: PLC0415
        from workgroups.meetings import (  # noqa: PLC0415 (registering)
            group_pages,
            identifiers,
            notifications,
            outcome_identifiers,
            outcome_letters,
            permissions,  # noqa: F401
            strands,
        )
        from workgroups.meetings.actions.joining import move_to_account  # noqa: PLC0415

        for module in (
            group_pages,
            identifiers,
            notifications,
            outcome_identifiers,
            outcome_letters,
            strands,
        ):
            module.register()
        joining.register(move_to_account)
