"""Official texts in pairs: what is missing, what is out of date, since when."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from iqn.bilingual import MISSING, OUT_OF_DATE, WantedTranslation, official_models
from iqn.pages.models import Page
from tests.factories.pages import PageFactory

pytestmark = pytest.mark.django_db


def wanted(page: Page) -> list[WantedTranslation]:
    return list(Page.objects.get(pk=page.pk).wanted_translations())


def test_a_complete_pair_wants_nothing():
    page = PageFactory()

    assert wanted(page) == []
    assert page.translation_wanted_since is None
    assert page.is_complete_in_both


def test_an_empty_half_is_missing():
    page = PageFactory(title_fr="")

    assert wanted(page) == [WantedTranslation("title", "fr", MISSING)]
    assert not page.is_complete_in_both


def test_editing_one_language_flags_the_other():
    page = PageFactory()
    page.body_en = "Something new."
    page.save()

    assert wanted(page) == [WantedTranslation("body", "fr", OUT_OF_DATE)]
    assert page.is_complete_in_both  # out of date is still both


def test_editing_both_keeps_them_in_step():
    page = PageFactory()
    page.body_en, page.body_fr = "New.", "Nouveau."
    page.save()

    assert wanted(page) == []


def test_translating_brings_the_pair_back_in_step():
    page = PageFactory()
    page.body_en = "Something new."
    page.save()
    page.body_fr = "Du nouveau."
    page.save()

    assert wanted(page) == []
    assert page.translation_wanted_since is None


def test_somebody_may_say_that_nothing_needs_to_change():
    page = PageFactory()
    page.body_en = "A text, with a comma."
    page.save()
    page.declare_in_step("body")
    page.save()

    assert wanted(page) == []


def test_age_is_that_of_the_first_want():
    page = PageFactory()
    start = timezone.now()
    with time_machine.travel(start + timedelta(days=1), tick=False):
        page.body_en = "First change."
        page.save()
    with time_machine.travel(start + timedelta(days=5), tick=False):
        page.title_en = "Second change"
        page.save()

    assert page.translation_wanted_since == start + timedelta(days=1)
    assert list(Page.objects.wanting_translation()) == [page]


def test_saving_some_fields_keeps_the_state():
    page = PageFactory()
    page.body_en = "New."
    page.save(update_fields=["body_en"])

    assert wanted(page) == [WantedTranslation("body", "fr", OUT_OF_DATE)]


def test_every_official_model_declares_translated_fields():
    assert len(official_models()) > 8
    for model in official_models():
        columns = {f.name for f in model._meta.get_fields()}
        for field in model.official_fields:
            assert {f"{field}_en", f"{field}_fr"} <= columns, model
