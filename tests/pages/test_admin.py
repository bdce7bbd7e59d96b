"""Staff write official texts in pairs: never half, never over a colleague's work."""

import re

import pytest
from django.urls import reverse

from iqn.history.models import Event
from iqn.pages.models import Clause, Page
from iqn.reference.models import Occupation, Stage
from tests.factories.pages import ClauseFactory, GlossaryTermFactory, PageFactory
from tests.factories.reference import (
    BenefitFactory,
    JurisdictionFactory,
    OccupationFactory,
    PillarFactory,
    StageFactory,
    StakeholderTypeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(sign_in, cast):
    return sign_in(cast.staff)


def _change(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _filled(client, url: str, **changes) -> dict:
    """What a browser would send: the form as shown, with changes."""
    form = client.get(url).context["adminform"].form
    data = {name: "" if value is None else value for name, value in ((f.html_name, f.value()) for f in form)}
    for name, value in list(data.items()):
        if value is False:
            del data[name]
    prefix = "codes"
    data.update({f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0})
    return {**data, **changes}


def _errors(response) -> dict:
    return dict(response.context["adminform"].form.errors)


def test_a_pair_stands_side_by_side(staff):
    html = staff.get(_change(PageFactory(key="x"))).content.decode()

    row = re.search(r'<div class="form-row[^"]*field-title_en field-title_fr">', html)
    assert row is not None
    assert re.search(r'<textarea name="body_fr"[^>]*lang="fr"', html)


def test_saving_records_who_changed_what(staff, cast):
    page = PageFactory(key="x")

    response = staff.post(_change(page), _filled(staff, _change(page), title_en="New", title_fr="Nouveau"))

    assert response.status_code == 302
    page.refresh_from_db()
    assert (page.title_en, page.title_fr, page.version) == ("New", "Nouveau", 2)
    event = Event.objects.get(verb="pages.page_changed")
    assert (event.actor, event.sentence_en) == (cast.staff, "Sam Staff changed “New” (page).")
    assert event.sentence_fr == "Sam Staff a modifié «\xa0Nouveau\xa0» (page)."
    assert event.for_staff is True


def test_saving_without_a_change_leaves_no_event(staff):
    page = PageFactory(key="x")

    assert staff.post(_change(page), _filled(staff, _change(page))).status_code == 302

    assert not Event.objects.exists()
    assert Page.objects.get().version == 1


def test_half_a_page_is_refused_while_it_is_published(staff):
    page = PageFactory(key="x")

    response = staff.post(_change(page), _filled(staff, _change(page), body_fr=""))

    assert _errors(response) == {
        "body_fr": ["Write this in French too: an official text always stands in both languages."]
    }
    page.refresh_from_db()
    assert page.body_fr.endswith("Un texte.")


def test_a_page_that_nobody_sees_may_be_half(staff):
    page = PageFactory(key="x", is_published=False)

    response = staff.post(_change(page), _filled(staff, _change(page), body_fr=""))

    assert response.status_code == 302
    assert [w.column for w in Page.objects.get().wanted_translations()] == ["body_fr"]


def test_publishing_half_a_page_is_refused(staff):
    page = PageFactory(key="x", is_published=False, title_fr="")

    response = staff.post(_change(page), _filled(staff, _change(page), is_published="on"))

    assert list(_errors(response)) == ["title_fr"]
    assert Page.objects.get().is_published is False


def test_one_language_alone_goes_to_the_translation_queue(staff):
    page = PageFactory(key="x")

    response = staff.post(_change(page), _filled(staff, _change(page), body_en="Other."), follow=True)

    assert "waits in the translation queue" in response.content.decode()
    assert [w.column for w in Page.objects.get().wanted_translations()] == ["body_fr"]


def test_a_stale_form_shows_both_texts_and_loses_none(staff):
    page = PageFactory(key="x")
    data = _filled(staff, _change(page), title_en="Mine")
    Page.objects.filter(pk=page.pk).update(title_en="Theirs", version=2)

    response = staff.post(_change(page), data)

    html = response.content.decode()
    assert "Somebody else saved this row while you wrote" in html
    assert "Saved meanwhile by somebody else:<br>Theirs" in html
    assert 'value="Mine"' in html
    page.refresh_from_db()
    assert page.title_en == "Theirs"
    again = {**data, "stamp": re.search(r'name="stamp" value="(\w+)"', html)[1]}
    assert staff.post(_change(page), again).status_code == 302
    page.refresh_from_db()
    assert page.title_en == "Mine"


def test_a_link_to_nowhere_is_refused(staff):
    page = PageFactory(key="x")

    response = staff.post(
        _change(page),
        _filled(staff, _change(page), body_en="[a](page:nowhere) [b](section:initiatives) [c](page:x)"),
    )

    assert _errors(response) == {
        "body_en": ["There is no page or section called nowhere, to which this text links."]
    }


def test_addresses_are_chosen_once(staff):
    page = PageFactory(key="x")

    data = {**_filled(staff, _change(page)), "slug_en": "other", "key": "other"}
    staff.post(_change(page), data)

    page.refresh_from_db()
    assert (page.key, page.slug_en) == ("x", "x")


def test_a_new_page_has_an_event_of_its_own(staff):
    url = reverse("admin:pages_page_add")
    data = _filled(
        staff, url, key="news", slug_en="news", slug_fr="nouvelles", title_en="News", title_fr="Nouvelles",
        summary_en="What is new.", summary_fr="Du nouveau.", body_en="Text.", body_fr="Texte.", is_published="on",
    )  # fmt: skip

    assert staff.post(url, data).status_code == 302

    assert Page.objects.get(key="news").slug_fr == "nouvelles"
    assert [e.verb for e in Event.objects.all()] == ["pages.page_added"]


def test_confirming_from_the_list(staff):
    pages = PageFactory.create_batch(2, confirmed_on="2020-01-01")

    response = staff.post(
        reverse("admin:pages_page_changelist"),
        {"action": "confirm", "_selected_action": [page.pk for page in pages]},
        follow=True,
    )

    assert "2 pages confirmed." in response.content.decode()
    assert not any(page.is_overdue for page in Page.objects.all())
    assert Event.objects.filter(verb="pages.page_confirmed").count() == 2


@pytest.mark.parametrize(
    ("factory", "column"),
    [
        (ClauseFactory, "text"), (GlossaryTermFactory, "definition"), (StageFactory, "name"), (BenefitFactory, "name"),
        (JurisdictionFactory, "name"), (StakeholderTypeFactory, "name"), (PillarFactory, "description"),
        (OccupationFactory, "name"),
    ],
)  # fmt: skip
def test_every_other_text_is_a_pair_too(staff, factory, column):
    row = factory()

    refused = staff.post(_change(row), _filled(staff, _change(row), **{f"{column}_fr": " "}))
    saved = staff.post(
        _change(row), _filled(staff, _change(row), **{f"{column}_en": "One", f"{column}_fr": "Un"})
    )

    assert list(_errors(refused)) == [f"{column}_fr"]
    assert saved.status_code == 302
    row.refresh_from_db()
    assert (getattr(row, f"{column}_en"), getattr(row, f"{column}_fr")) == ("One", "Un")
    assert [e.verb for e in Event.objects.all()] == [f"{row._meta.label_lower}_changed"]


def test_a_new_stage_and_a_new_clause(staff):
    stage, clause = reverse("admin:reference_stage_add"), reverse("admin:pages_clause_add")
    staff.post(stage, _filled(staff, stage, slug="after", name_en="After", name_fr="Après"))
    staff.post(
        clause,
        _filled(
            staff,
            clause,
            number="M9",
            guideline="membership",
            title_en="A",
            title_fr="B",
            text_en="C",
            text_fr="D",
        ),
    )

    assert Stage.objects.get(slug="after").name_fr == "Après"
    assert Clause.objects.get(number="M9").text_fr == "D"
    assert sorted(e.verb for e in Event.objects.all()) == ["pages.clause_added", "reference.stage_added"]


def test_codes_are_edited_beside_the_occupation(staff):
    row = OccupationFactory()
    data = _filled(staff, _change(row))
    data |= {
        "codes-TOTAL_FORMS": 1, "codes-0-code": "21300", "codes-0-edition": "2021", "codes-0-occupation": row.pk,
    }  # fmt: skip

    assert staff.post(_change(row), data).status_code == 302

    assert [str(code) for code in Occupation.objects.get().codes.all()] == ["NOC 2021 21300"]
    assert Event.objects.get().sentence_en.endswith(f"“{row.name_en}”: NOC 2021 21300.")


def test_members_have_no_business_here(sign_in, cast):
    page = PageFactory(key="x")

    response = sign_in(cast.member).get(_change(page), follow=True)

    assert response.redirect_chain[-1] == ("/en/", 302)


def test_lists_open(staff):
    PageFactory()
    ClauseFactory()
    GlossaryTermFactory()
    names = ["pages_page", "pages_clause", "pages_glossaryterm", "reference_stage", "reference_occupation"]

    assert [staff.get(reverse(f"admin:{n}_changelist")).status_code for n in names] == [200] * 5
