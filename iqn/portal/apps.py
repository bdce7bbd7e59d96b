from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "iqn.portal"
    label = "portal"

    def ready(self) -> None:
        from iqn.portal import notifications, permissions  # noqa: F401, PLC0415 (registering)

        notifications.register()
