from modeltranslation.translator import TranslationOptions, translator

from iqn.reference import models
from iqn.tracking import track


class VocabularyTranslation(TranslationOptions):
    fields = ("name",)


class PillarTranslation(TranslationOptions):
    fields = ("name", "description")


for model in (
    models.Jurisdiction, models.Occupation, models.Stage, models.InitiativeType,
    models.StakeholderType, models.Benefit,
):  # fmt: skip
    translator.register(model, VocabularyTranslation)
    track(model)
translator.register(models.Pillar, PillarTranslation)
track(models.Pillar)
