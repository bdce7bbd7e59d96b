from modeltranslation.translator import TranslationOptions, translator

from iqn.pages.models import Clause, GlossaryTerm, Page
from iqn.tracking import track


class PageTranslation(TranslationOptions):
    fields = ("title", "summary", "body")


class ClauseTranslation(TranslationOptions):
    fields = ("title", "text")


class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "definition")


translator.register(Page, PageTranslation)
translator.register(Clause, ClauseTranslation)
translator.register(GlossaryTerm, GlossaryTermTranslation)

for model in (Clause, GlossaryTerm, Page):
    track(model)
