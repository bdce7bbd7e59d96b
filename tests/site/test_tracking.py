"""Field history: every tracked column, whoever writes and however."""

import pytest
from django.apps import apps
from django.db import connection

from initiatives.models import Initiative
from iqn.pages.models import Page
from iqn.tracking import GENERATED
from members.models import Person
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import PersonFactory
from tests.factories.pages import PageFactory

OWN = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj", "pgh_context")


def tracked():
    for model in apps.get_models():
        if model.__name__.endswith("Version") and hasattr(model, "pgh_tracked_model"):
            yield model.pgh_tracked_model, model


def test_versions_have_the_columns_of_their_model():
    pairs = list(tracked())

    assert len(pairs) >= 18
    for model, version in pairs:
        expected = {f.attname for f in model._meta.local_fields} - GENERATED
        kept = {f.attname for f in version._meta.local_fields} - {"pgh_obj_id", "pgh_context_id", *OWN}
        assert kept == expected, model


@pytest.mark.django_db
def test_saves_bulk_updates_and_sql_are_all_caught():
    page = PageFactory(body_fr="Un.")
    page.body_fr = "Deux."
    page.save()
    Page.objects.filter(pk=page.pk).update(body_fr="Trois.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_page SET body_fr = 'Quatre.' WHERE id = %s", [page.pk])

    versions = apps.get_model("pages", "PageVersion").objects.filter(pgh_obj_id=page.pk).order_by("pgh_id")
    assert list(versions.values_list("body_fr", flat=True)) == ["Un.", "Deux.", "Trois.", "Quatre."]


@pytest.mark.django_db
def test_people_and_initiatives_are_tracked():
    person, initiative = PersonFactory(), InitiativeFactory()
    Person.objects.filter(pk=person.pk).update(name="Renamed")
    Initiative.objects.filter(pk=initiative.pk).update(search_text="generated only")

    people = apps.get_model("members", "PersonVersion").objects.filter(pgh_obj_id=person.pk)
    assert people.count() == 2
    initiatives = apps.get_model("initiatives", "InitiativeVersion").objects.filter(pgh_obj_id=initiative.pk)
    assert initiatives.count() == 1  # what is derived is not history
