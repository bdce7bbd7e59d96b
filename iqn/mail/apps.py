from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "iqn.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from iqn.mail import permissions  # noqa: F401, PLC0415 (registering)
