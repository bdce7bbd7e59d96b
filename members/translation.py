from modeltranslation.translator import TranslationOptions, translator

from iqn.tracking import track
from members.models import Affiliation, DeclineReason, MembershipApplication, Organization, Person


class OrganizationTranslation(TranslationOptions):
    fields = ("name", "acronym")


class DeclineReasonTranslation(TranslationOptions):
    fields = ("title", "text")


translator.register(Organization, OrganizationTranslation)
translator.register(DeclineReason, DeclineReasonTranslation)

for model in (Affiliation, DeclineReason, MembershipApplication, Organization, Person):
    track(model)
