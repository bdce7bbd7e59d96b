from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        from initiatives import identifiers, permissions, search  # noqa: F401, PLC0415 (registering)
        from initiatives.notifications import comments, postings  # noqa: PLC0415

        identifiers.register()
        postings.register()
        comments.register()
        search.register()
