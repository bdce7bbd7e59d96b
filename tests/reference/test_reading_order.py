"""Vocabularies in lists: by name in the reader's language, where they have no order of their own."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from initiatives.models.description import described
from iqn.reference.loading import load_reference
from iqn.reference.models import Jurisdiction, Occupation, Stage
from members.forms.applications import ApplicationForm
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db

IN_ENGLISH = ["Pan-Canadian", "Alberta", "British Columbia", "Prince Edward Island", "Quebec"]
IN_FRENCH = ["Pancanadien", "Alberta", "Colombie-Britannique", "Île-du-Prince-Édouard", "Québec"]
SLUGS = ("quebec", "prince-edward-island", "british-columbia", "alberta", "pan-canadian")


@pytest.fixture(autouse=True)
def _vocabularies(db):
    load_reference()


@pytest.mark.parametrize(("language", "names"), [("en", IN_ENGLISH), ("fr", IN_FRENCH)])
def test_provinces_in_both_languages(language, names):
    with translation.override(language):
        rows = Jurisdiction.objects.filter(slug__in=SLUGS).in_reading_order()
        assert [str(row) for row in rows] == names


@pytest.mark.parametrize(("language", "names"), [("en", IN_ENGLISH), ("fr", IN_FRENCH)])
def test_provinces_in_the_application(cast, language, names):
    with translation.override(language):
        form = ApplicationForm(person=cast.applicant)
        offered = [str(label) for value, label in form.fields["jurisdiction"].choices if value]

    assert [name for name in offered if name in names] == names


@pytest.mark.parametrize(("language", "names"), [("en", IN_ENGLISH), ("fr", IN_FRENCH)])
def test_provinces_of_an_initiative_and_in_the_filter(client, site_pages, language, names):
    initiative = InitiativeFactory()
    initiative.jurisdictions.set(Jurisdiction.objects.filter(slug__in=SLUGS))

    with translation.override(language):
        found = described([initiative], ("jurisdictions", "stages"))
        page = client.get(reverse("initiatives:list"))

    assert [row.name for row in found[initiative.pk, "jurisdictions"]] == names
    facet = next(box for box in page.context["facets"] if box.name == "jurisdiction")
    assert [option.label for option in facet.options] == names


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", ["Accountants and financial auditors", "Acupuncturists"]), ("fr", ["Acupunctrices et acupuncteurs", "Architectes"])],
)  # fmt: skip
def test_occupations_in_both_languages(language, first):
    with translation.override(language):
        assert [str(row) for row in Occupation.objects.in_reading_order()[:2]] == first


def test_stages_keep_the_order_of_the_way():
    with translation.override("fr"):
        assert [row.slug for row in Stage.objects.in_reading_order()[:2]] == ["pre-arrival", "assessment"]


@pytest.mark.parametrize(
    ("language", "names"), [("en", ["English", "French"]), ("fr", ["Français", "Anglais"])]
)
def test_the_readers_language_comes_first(cast, language, names):
    with translation.override(language):
        form = ApplicationForm(person=cast.applicant)
        assert [str(label) for _value, label in form.fields["language"].choices] == names
