from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "iqn.portal"
    label = "portal"
