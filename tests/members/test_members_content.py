"""Organizations and reasons for declining that ship with the portal."""

from __future__ import annotations

import pytest
import yaml

from iqn.reference.loading import load_reference
from members.actions.loading import load_decline_reasons, load_organizations
from members.models import DeclineReason, Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def vocabularies(db):
    load_reference()


def _counts(tally) -> tuple[int, int, int, list]:
    return tally.created, tally.updated, tally.kept, tally.unplaced


def test_everything_finds_its_place_and_twice_is_once(vocabularies):
    first, again = load_organizations(), load_organizations()

    assert first.created == Organization.objects.count() > 80
    assert (first.unplaced, _counts(again)) == ([], (0, 0, 0, []))
    assert not Organization.objects.filter(is_confirmed=False).exists()
    assert not Organization.objects.wanting_translation().exists()
    esdc = Organization.objects.get(slug="esdc")
    assert (esdc.name_fr, esdc.acronym_fr, esdc.former_names) == (
        "Emploi et Développement social Canada", "EDSC", "Human Resources and Skills Development Canada",
    )  # fmt: skip


def test_reasons(vocabularies):
    first, again = load_decline_reasons(), load_decline_reasons()

    assert (first.created, _counts(again)) == (DeclineReason.objects.count(), (0, 0, 0, []))
    assert not DeclineReason.objects.wanting_translation().exists()


@pytest.fixture
def written(tmp_path, vocabularies):
    def write(**changes):
        entry = {
            "key": "demo", "name_en": "Demo Board", "french_name": False, "type": "government", "jurisdiction": "NS",
            **changes,
        }  # fmt: skip
        path = tmp_path / "organizations.yaml"
        path.write_text(yaml.safe_dump({"organizations": [entry]}))
        return path

    return write


def test_new_content_updates_what_nobody_edited(written):
    load_organizations(written())

    tally = load_organizations(written(website="https://example.org/"))

    row = Organization.objects.get(slug="demo")
    assert _counts(tally) == (0, 1, 0, [])
    assert (row.website, row.name_fr, row.version) == ("https://example.org/", "Demo Board", 2)


def test_what_a_person_edited_stays(written):
    load_organizations(written())
    row = Organization.objects.get(slug="demo")
    row.name_fr = "Conseil de démonstration"
    row.save()

    tally = load_organizations(written(website="https://example.org/"))

    row.refresh_from_db()
    assert (_counts(tally), row.name_fr, row.website) == ((0, 0, 1, []), "Conseil de démonstration", "")


def test_an_unknown_type_or_place_is_named(written):
    assert load_organizations(written(type="guild")).unplaced == ["demo: guild, NS"]
    assert load_organizations(written(jurisdiction="XX")).unplaced == ["demo: government, XX"]
    assert load_organizations(written(jurisdiction=None)).created == 1
