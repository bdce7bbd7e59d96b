from initiatives.models.comment import Comment
from initiatives.models.initiative import Initiative, InitiativeTranslation
from initiatives.models.report import Report
from initiatives.models.return_reason import ReturnReason

__all__ = ["Comment", "Initiative", "InitiativeTranslation", "Report", "ReturnReason"]
