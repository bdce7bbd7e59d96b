"""The groups that ship with the portal: sourced facts, loaded as often as one likes."""

from __future__ import annotations

import pytest

from iqn.reference.loading import load_reference
from tests.factories.reference import StakeholderTypeFactory
from workgroups.groups.actions.loading import CONTENT, load_groups
from workgroups.groups.models import Function, Group, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    load_reference()
    return load_groups()


def test_a_second_time_changes_nothing(loaded):
    again = load_groups()

    assert [(t.created, t.updated, t.kept, t.unplaced) for t in loaded] == [
        (10, 0, 0, []), (15, 0, 0, []), (1, 0, 0, []),
    ]  # fmt: skip
    assert [(t.created, t.updated, t.kept, t.unplaced) for t in again] == [(0, 0, 0, [])] * 3
    assert Function.objects.count() == 10
    assert all(group.functions.count() == 10 for group in Group.objects.all())
    assert not Group.objects.wanting_translation().exists()


def test_facts_with_their_sources(loaded):
    founded = dict(Group.objects.exclude(founded="").values_list("code", "founded"))
    law = Group.objects.get(code="LAW")
    nursing = Group.objects.get(code="NUR")

    assert founded == {"ENG": "2005", "PHA": "2005", "MED": "2006", "LAW": "2009"}
    assert [source.says for source in law.sources.all()] == ["founded 2009", "founded 2008", "result"]
    assert [o.slug for o in nursing.occupations.all()] == ["registered-nurse", "licensed-practical-nurse"]
    assert list(Group.objects.filter(status="dormant").values_list("code", flat=True)) == ["ELE"]
    assert all(group.sources.exists() for group in Group.objects.all())
    assert not Group.objects.filter(terms_of_reference__isnull=False).exists()


def test_what_a_person_edited_stays(loaded):
    group = Group.objects.get(code="NUR")
    group.name_en = "Nurses"
    group.save()
    Group.objects.filter(code="DEN").update(founded="1999")

    tallies = load_groups()

    assert (tallies[1].updated, tallies[1].kept) == (0, 2)
    assert Group.objects.get(code="NUR").name_en == "Nurses"


def test_content_that_changed_is_taken_over(loaded, tmp_path):
    changed = tmp_path / "groups.yaml"
    changed.write_text(CONTENT.read_text(encoding="utf-8").replace("name_en: Nursing", "name_en: Nurses"))

    tallies = load_groups(changed)

    group = Group.objects.get(code="NUR")
    assert (tallies[1].updated, group.name_en, group.version) == (1, "Nurses", 2)
    assert group.sources.count() == 3


def test_what_is_missing_is_named():
    tallies = load_groups()

    assert tallies[1].created == 15
    assert "nursing: registered-nurse" in tallies[1].unplaced
    assert tallies[2].unplaced == ["Consultant, International Labour Mobility: government"]


def test_the_standing_seat_is_nobody_s_yet(loaded):
    seat = Seat.objects.get()
    seat.title = "Adviser"
    seat.save()
    load_groups()

    assert (Seat.objects.get().title, seat.is_standing, seat.terms.count()) == ("Adviser", True, 0)
    assert StakeholderTypeFactory(slug="government") == seat.stakeholder_type
