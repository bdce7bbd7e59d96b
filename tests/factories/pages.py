import factory

from iqn.pages import models


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Page
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda n: f"page-{n}")
    slug_en = factory.SelfAttribute("key")
    slug_fr = factory.LazyAttribute(lambda row: f"{row.key}-fr")
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
    title_en = "Who may be a member"
    title_fr = "Qui peut être membre"
    text_en = "Your work bears on recognition."
    text_fr = "Votre travail touche à la reconnaissance."
