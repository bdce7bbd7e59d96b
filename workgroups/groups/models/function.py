"""What work groups are for: ten functions, as rows, so that agendas and decisions can say which one they serve."""

from django.utils.translation import gettext_lazy as _

from iqn.reference.models import Vocabulary


class Function(Vocabulary):
    class Meta(Vocabulary.Meta):
        verbose_name = _("function")
        verbose_name_plural = _("functions")
