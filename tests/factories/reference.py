import factory

from iqn.reference import models


class VocabularyFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"row-{n}")
    name_en = factory.LazyAttribute(lambda row: f"{row.slug} in English")
    name_fr = factory.LazyAttribute(lambda row: f"{row.slug} en français")


class JurisdictionFactory(VocabularyFactory):
    class Meta:
        model = models.Jurisdiction
        django_get_or_create = ("code",)

    slug = factory.LazyAttribute(lambda row: f"province-{row.code.lower()}")
    code = "NS"


class OccupationFactory(VocabularyFactory):
    class Meta:
        model = models.Occupation


class StageFactory(VocabularyFactory):
    class Meta:
        model = models.Stage


class InitiativeTypeFactory(VocabularyFactory):
    class Meta:
        model = models.InitiativeType


class StakeholderTypeFactory(VocabularyFactory):
    class Meta:
        model = models.StakeholderType


class PillarFactory(VocabularyFactory):
    class Meta:
        model = models.Pillar

    description_en = "What it means"
    description_fr = "Ce que cela veut dire"


class BenefitFactory(VocabularyFactory):
    class Meta:
        model = models.Benefit
