"""What the file "my data" holds of initiatives."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.personal_data import declare, leave_out

SEARCH = ("search_vector", "search_text")
NOTES_OF_STAFF = ("confidence", "to_verify")

declare(
    "initiatives", _("Initiatives that you posted"), "initiatives.Initiative", "author",
    leave_out=(*SEARCH, *NOTES_OF_STAFF),
)  # fmt: skip
declare(
    "initiative_translations", _("Translations of your initiatives"), "initiatives.InitiativeTranslation",
    belongs=lambda person: Q(initiative__author=person),
)  # fmt: skip
declare("comments", _("Comments that you wrote"), "initiatives.Comment", "author", leave_out=("hidden_by",))
declare(
    "reports",
    _("Reports that you sent to staff"),
    "initiatives.Report",
    "reporter",
    leave_out=("decided_by",),
)

STAFF_DECISION = _("Decisions that staff took about others belong to those others.")
leave_out("initiatives.Comment.hidden_by", STAFF_DECISION)
leave_out("initiatives.Report.decided_by", STAFF_DECISION)
