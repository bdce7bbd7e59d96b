import factory

from iqn.pages import models
from iqn.pages.links import FOOTER_PAGES


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Page
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda n: f"page-{n}")
    # The footer's pages have addresses that never change
    slug_en = factory.LazyAttribute(lambda row: FOOTER_PAGES.get(row.key, (row.key,))[0])
    slug_fr = factory.LazyAttribute(lambda row: FOOTER_PAGES.get(row.key, ("", f"{row.key}-fr"))[1])
    title_en = factory.LazyAttribute(lambda row: f"Page {row.key}")
    title_fr = factory.LazyAttribute(lambda row: f"Page {row.key} en français")
    summary_en = "What this page says."
    summary_fr = "Ce que dit cette page."
    body_en = "## A heading\n\nA text."
    body_fr = "## Un titre\n\nUn texte."
    is_published = True


class ClauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Clause
        django_get_or_create = ("number",)

    guideline = models.Guideline.MEMBERSHIP
    number = "M1"
    title_en = factory.LazyAttribute(lambda row: f"Clause {row.number}")
    title_fr = factory.LazyAttribute(lambda row: f"Article {row.number}")
    text_en = "What it asks."
    text_fr = "Ce qu’il demande."


class GlossaryTermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GlossaryTerm

    slug = factory.Sequence(lambda n: f"term-{n}")
    term_en = factory.LazyAttribute(lambda row: f"{row.slug} in English")
    term_fr = factory.LazyAttribute(lambda row: f"{row.slug} en français")
    definition_en = "What it means."
    definition_fr = "Ce que cela veut dire."
