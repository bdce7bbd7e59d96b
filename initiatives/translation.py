from modeltranslation.translator import TranslationOptions, translator

from initiatives.models import Comment, Initiative, InitiativeTranslation, Report, ReturnReason
from iqn.tracking import track


class ReturnReasonTranslation(TranslationOptions):
    fields = ("title", "text")


translator.register(ReturnReason, ReturnReasonTranslation)

for model in (Comment, Initiative, InitiativeTranslation, Report, ReturnReason):
    track(model)
