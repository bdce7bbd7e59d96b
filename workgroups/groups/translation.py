from modeltranslation.translator import TranslationOptions, translator

from iqn.tracking import track
from workgroups.groups.models import (
    Announcement,
    Document,
    Function,
    Group,
    GroupSource,
    RosterInvitation,
    Seat,
    Term,
    TermsOfReference,
)


class FunctionTranslation(TranslationOptions):
    fields = ("name",)


class GroupTranslation(TranslationOptions):
    fields = ("name", "mandate", "closing_note")


class TermsOfReferenceTranslation(TranslationOptions):
    fields = ("text",)


translator.register(Function, FunctionTranslation)
translator.register(Group, GroupTranslation)
translator.register(TermsOfReference, TermsOfReferenceTranslation)

for model in (
    Announcement,
    Document,
    Function,
    Group,
    GroupSource,
    RosterInvitation,
    Seat,
    Term,
    TermsOfReference,
):
    track(model)
