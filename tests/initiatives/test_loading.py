"""The shipped initiatives: all placed, in both languages, and never written over what a person did."""

from __future__ import annotations

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.actions import initiatives as actions
from initiatives.actions.loading import CONTENT, load_initiatives, load_return_reasons
from initiatives.actions.numbering import next_number
from initiatives.models import Initiative, ReturnReason
from iqn.history.models import Event
from iqn.reference.loading import load_reference
from iqn.reference.models import Jurisdiction, StakeholderType
from members.models import Organization
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(repository):
    """Reference rows, and the organizations that the initiatives name."""
    load_reference()
    rows = yaml.safe_load((repository / "members/content/organizations.yaml").read_text(encoding="utf-8"))
    kinds = {kind.slug: kind for kind in StakeholderType.objects.all()}
    places = {place.code: place for place in Jurisdiction.objects.all()}
    for row in rows["organizations"]:
        Organization.objects.create(
            slug=row["key"], name_en=row["name_en"], name_fr=row.get("name_fr") or row["name_en"],
            kind=kinds[row["type"]], jurisdiction=places.get(row.get("jurisdiction")), is_confirmed=True,
        )  # fmt: skip


def shipped() -> list[dict]:
    return yaml.safe_load((CONTENT / "initiatives.yaml").read_text(encoding="utf-8"))["initiatives"]


def write_content(path, rows):
    path.write_text(yaml.safe_dump({"initiatives": rows}, allow_unicode=True), encoding="utf-8")
    return path


def test_everything_finds_its_place(ground):
    tally = load_initiatives()

    assert (tally.created, tally.updated, tally.kept, tally.unplaced) == (len(shipped()), 0, 0, [])
    assert Initiative.objects.published().count() == len(shipped())
    french = Initiative.objects.filter(translations__language="fr").exclude(translations__title="")
    assert french.exclude(translations__summary="").count() == len(shipped())
    first = Initiative.objects.get(number=1)
    assert first.identifier == "IQN-0001"
    assert first.lead_organization.slug == "rn-pdc"
    assert first.partners.count() == 3
    assert first.offered_in == "en,fr"
    assert (first.status_as_of, first.status_as_of_estimated) == ("2015", True)
    assert first.translations.get().recognition.startswith("Présentée en exemple")
    assert [e.verb for e in Event.objects.about(first)] == ["initiatives.initiative_loaded"]
    replaced = Initiative.objects.filter(replaced_by__isnull=False)
    assert sorted(r.content_key for r in replaced) == sorted(
        r["key"] for r in shipped() if r.get("replaced_by")
    )


def test_members_numbers_come_after(ground):
    load_initiatives()

    assert next_number() > max(row["number"] for row in shipped())


def test_loading_again_changes_nothing_and_costs_little(ground):
    load_initiatives()
    before = list(Initiative.objects.order_by("pk").values_list("pk", "version", "content_updated_on"))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        tally = load_initiatives()

    assert (tally.created, tally.updated, tally.kept) == (0, 0, 0)
    assert (
        list(Initiative.objects.order_by("pk").values_list("pk", "version", "content_updated_on")) == before
    )
    assert len(queries) < 40


def test_a_correction_arrives_where_nobody_edited(ground, tmp_path):
    load_initiatives()
    rows = shipped()
    rows[0]["title_en"], rows[1]["title_en"] = "Corrected", "Corrected too"
    staff = make_person("Sam Staff", staff=True)
    edited = Initiative.objects.get(number=rows[1]["number"])
    actions.describe(initiative=edited, by=staff, version=1, values={"to_verify": "Ask them"})

    tally = load_initiatives(write_content(tmp_path / "initiatives.yaml", rows))

    assert (tally.updated, tally.kept) == (1, 1)
    first = Initiative.objects.get(number=rows[0]["number"])
    assert (first.title, first.version, first.loaded_version) == ("Corrected", 2, 2)
    edited.refresh_from_db()
    assert edited.title != "Corrected too"


def test_what_staff_hid_stays_hidden(ground, tmp_path):
    load_initiatives()
    staff = make_person("Sam Staff", staff=True)
    actions.hide(initiative=Initiative.objects.get(number=1), by=staff, reason="Wrong")
    rows = shipped()
    rows[0]["title_en"] = "Corrected"

    tally = load_initiatives(write_content(tmp_path / "initiatives.yaml", rows))

    assert (tally.updated, tally.kept) == (0, 1)
    assert Initiative.objects.get(number=1).is_hidden


def test_a_number_that_is_taken_is_not_taken_twice(ground, tmp_path):
    InitiativeFactory(number=1)
    rows = [r for r in shipped() if r["number"] in (1, 2)]

    load_initiatives(write_content(tmp_path / "initiatives.yaml", rows))

    assert Initiative.objects.get(content_key=rows[0]["key"]).number > 2


def test_what_refers_to_nothing_is_named(ground, tmp_path):
    row = {
        **shipped()[0],
        "lead": "nobody",
        "partners": ["nowhere"],
        "occupations": [],
        "replaced_by": "nothing",
    }

    tally = load_initiatives(write_content(tmp_path / "initiatives.yaml", [row]))

    assert sorted(tally.unplaced) == sorted(
        f"“{key}” of {row['key']}" for key in ("nobody", "nowhere", "nothing")
    )


def test_return_reasons_stand_in_both_languages():
    tally = load_return_reasons()

    assert tally.created == ReturnReason.objects.count() > 0
    assert [r for r in ReturnReason.objects.all() if not r.is_complete_in_both] == []
    again = load_return_reasons()
    assert (again.created, again.updated, again.kept) == (0, 0, 0)
