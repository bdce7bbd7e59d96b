import factory
from django.utils import timezone

from initiatives import models
from initiatives.choices import CommentKind, PostState, ReportReason
from tests.factories.members import OrganizationFactory, PersonFactory


class InitiativeFactory(factory.django.DjangoModelFactory):
    """Published, public, in English, unless said otherwise."""

    class Meta:
        model = models.Initiative
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Initiative {n}")
    summary = "A short summary."
    work = "What is done."
    language = "en"
    state = PostState.PUBLISHED
    number = factory.LazyAttributeSequence(lambda row, n: None if row.state == PostState.DRAFT else 5000 + n)
    published_at = factory.LazyAttribute(
        lambda row: timezone.now() if row.state == PostState.PUBLISHED else None
    )
    author = factory.SubFactory(PersonFactory)
    lead_organization = factory.SubFactory(OrganizationFactory)
    author_organization = factory.SelfAttribute("lead_organization")
    status_as_of = "2026-01"


class CommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Comment

    initiative = factory.SubFactory(InitiativeFactory)
    author = factory.SubFactory(PersonFactory)
    kind = factory.LazyAttribute(lambda row: "" if row.parent else CommentKind.QUESTION)
    parent = None
    text = "How long did it take?"
    language = "en"


class ReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Report

    initiative = factory.SubFactory(InitiativeFactory)
    reporter = factory.SubFactory(PersonFactory)
    reason = ReportReason.OUTDATED
    text = "It ended last year."


class ReturnReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReturnReason

    key = factory.Sequence(lambda n: f"return-{n}")
    clause = "P1"
    title_en = "Contact is missing"
    title_fr = "Il manque une personne-ressource"
    text_en = "Please say whom a reader can ask."
    text_fr = "Veuillez indiquer à qui s’adresser."
