"""The content that ships with the portal, loaded as `./dev run` does."""

import pytest
from django.core.management import call_command
from django.test import Client

from initiatives.models import Initiative
from iqn.bilingual import official_models
from members.models import Organization

pytestmark = pytest.mark.django_db


def _load(capsys, verbosity: int = 2) -> list[str]:
    call_command("load_content", verbosity=verbosity)
    return capsys.readouterr().out.splitlines()


def test_everything_is_there_and_a_second_time_changes_nothing(capsys):
    first = _load(capsys)
    second = _load(capsys)
    third = _load(capsys, verbosity=1)  # as ./dev run does: news only

    assert [line for line in first if "could not place" in line] == []
    assert len([line for line in first if " created, " in line]) == 17
    assert all(" 0 created, 0 updated, 0 kept because edited" in line for line in second), second
    assert third == []
    assert Initiative.objects.published().count() >= 50
    assert Organization.objects.count() > 50
    for model in official_models():
        assert not model.objects.wanting_translation().exists(), model
    assert Client().get("/fr/").context["figures"]["provinces"] >= 8


def test_what_a_person_edited_stays(capsys):
    _load(capsys)
    initiative = Initiative.objects.order_by("pk").first()
    initiative.title, initiative.version = "Edited here", initiative.version + 1
    initiative.save()

    lines = _load(capsys)

    initiative.refresh_from_db()
    assert initiative.title == "Edited here"
    assert len([line for line in lines if "1 kept because edited" in line]) == 1
