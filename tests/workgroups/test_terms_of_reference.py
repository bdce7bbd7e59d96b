"""Terms of reference: drafts, adoption, versions, what changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories.reference import StakeholderTypeFactory
from tests.factories.workgroups import TermsOfReferenceFactory
from workgroups.groups.actions import terms_of_reference as actions
from workgroups.groups.errors import AdoptedBeforeTheLast, NotInBothLanguages, StaleVersion

pytestmark = pytest.mark.django_db


def _path(name: str, *args) -> str:
    return reverse(f"groups:{name}", args=["nursing", *args])


def _typed(**changes) -> dict:
    return {
        "text_en": "Meets *often*.",
        "text_fr": "Se réunit souvent.",
        "quorum": "none",
        "stamp": "",
        **changes,
    }


def test_from_a_draft_to_a_version_in_force(table, sign_in, client):
    kind = StakeholderTypeFactory(slug="union", name_en="Unions")
    chair = sign_in(table.co_chair)
    assert "No terms of reference" in client.get(_path("terms")).content.decode()

    assert chair.post(_path("terms-edit"), _typed(expected_types=[kind.pk])).status_code == 302
    draft = table.group.terms_of_reference.get()
    assert (draft.number, draft.is_draft) == (1, True)
    assert "Meets" not in client.get(_path("terms")).content.decode()
    assert client.get(_path("terms-version", 1)).status_code == 404
    assert "Meets" in chair.get(_path("terms-version", 1)).content.decode()
    day = timezone.localdate()
    adopted = chair.post(_path("terms-adopt"), {"adopted_on": day, "review_by": day + timedelta(days=365)})

    assert adopted.status_code == 302
    html = client.get(_path("terms")).content.decode()
    assert "Meets <em>often</em>." in html
    assert "Unions" in html
    assert "Unions" in client.get(reverse("groups:detail", args=["nursing"])).content.decode()
    assert chair.get(_path("terms-adopt")).status_code == 302  # no draft is left


def test_versions_and_what_changed(table, client):
    TermsOfReferenceFactory(group=table.group, text_en="Four times a year.", review_by=date(2024, 6, 1))
    union = StakeholderTypeFactory(slug="union", name_fr="Syndicats")
    TermsOfReferenceFactory(
        group=table.group, number=2, text_en="Six times a year.", text_fr="Six fois par an.", adopted_on=date(2025, 1, 1),
        review_by=date(2025, 6, 1),
    ).expected_types.add(union)  # fmt: skip

    html = client.get(_path("terms-compare")).content.decode()
    assert "<del>Four</del><ins>Six</ins> times a year." in html
    assert "<ins>Four</ins>" in client.get(_path("terms-compare") + "?from=2&to=1").content.decode()
    assert client.get(_path("terms-compare") + "?from=%00&to=-1").status_code == 200
    assert "was to be reviewed" in client.get(_path("terms")).content.decode()
    assert "not the version in force" in client.get(_path("terms-version", 1)).content.decode()
    assert client.get(_path("terms-version", 9)).status_code == 404
    with translation.override("fr"):
        french = client.get(_path("terms-compare")).content.decode()
        assert "<del>Quatre</del><ins>Six</ins> fois par an." in french
        assert "Syndicats" in french
        assert "adoptée le" in client.get(_path("terms")).content.decode()


def test_nothing_to_compare(table, client):
    assert "nothing to compare" in client.get(_path("terms-compare")).content.decode()


def test_two_people_edit_the_draft(table, sign_in):
    chair = sign_in(table.co_chair)
    stamp = chair.get(_path("terms-edit")).context["form"]["stamp"].value()
    assert chair.post(_path("terms-edit"), _typed(stamp=stamp)).status_code == 302

    late = sign_in(table.secretary).post(_path("terms-edit"), _typed(stamp=stamp, text_en="Mine."))

    assert late.status_code == 409
    html = late.content.decode()
    assert "Meets *often*." in html
    assert "Mine." in html
    again = late.context["form"]["stamp"].value()
    assert (
        sign_in(table.secretary).post(_path("terms-edit"), _typed(stamp=again, text_en="Ours.")).status_code
        == 302
    )
    assert table.group.terms_of_reference.get().text_en == "Ours."


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text_en": "", "text_fr": ""}, "text_en"),
        ({"quorum": "heads", "quorum_count": ""}, "quorum_count"),
        ({"text_en": "\x00"}, "text_en"),
        ({"expected_types": ["x"]}, "expected_types"),
    ],
)
def test_what_the_draft_refuses(typed, field, table, sign_in):
    response = sign_in(table.staff).post(_path("terms-edit"), _typed(**typed))

    assert list(response.context["form"].errors) == [field]
    assert not table.group.terms_of_reference.exists()


@pytest.mark.parametrize(
    ("adopted", "review", "field"),
    [(9, 20, "adopted_on"), (0, 0, "review_by")],
)
def test_days_of_adoption(adopted, review, field, table, sign_in):
    TermsOfReferenceFactory(group=table.group, adopted_on=None)
    day = timezone.localdate()
    typed = {"adopted_on": day + timedelta(days=adopted), "review_by": day + timedelta(days=review)}

    response = sign_in(table.staff).post(_path("terms-adopt"), typed)

    assert list(response.context["form"].errors) == [field]


def test_what_adoption_refuses(table, sign_in):
    half = TermsOfReferenceFactory(group=table.group, adopted_on=None, text_fr="")
    day = timezone.localdate()
    with pytest.raises(NotInBothLanguages):
        actions.adopt(by=table.staff, draft=half, adopted_on=day, review_by=None)
    html = sign_in(table.staff).post(_path("terms-adopt"), {"adopted_on": day}).content.decode()
    assert str(NotInBothLanguages.sentence) in html
    half.text_fr = "Entier"
    half.save()
    actions.adopt(by=table.staff, draft=half, adopted_on=day, review_by=None)
    with pytest.raises(StaleVersion):
        actions.adopt(by=table.staff, draft=half, adopted_on=day, review_by=None)
    values = {
        "text_en": "A", "text_fr": "B", "expected_types": [], "quorum": "none", "quorum_count": 0,
    }  # fmt: skip
    later = actions.save_draft(by=table.staff, group=table.group, stamp="", values=values)
    assert later.number == 2
    with pytest.raises(AdoptedBeforeTheLast):
        actions.adopt(by=table.staff, draft=later, adopted_on=day - timedelta(days=1), review_by=None)
    with pytest.raises(StaleVersion):
        actions.save_draft(by=table.staff, group=table.group, stamp="", values=values)
