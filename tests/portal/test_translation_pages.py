"""The translation queue: one text a page, saving one opens the next."""

import pytest
from django.urls import reverse
from django.utils import translation

from iqn.bilingual import official_models
from iqn.differences import Piece, word_differences
from iqn.history.models import Event
from iqn.pages.models import Page
from iqn.portal.wanted import wanted_texts
from tests.factories.pages import GlossaryTermFactory, PageFactory
from tests.factories.reference import OccupationFactory, StageFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
NEXT = "/en/needs-you/translations/"


@pytest.fixture
def staff(sign_in, cast):
    return sign_in(cast.staff)


def _edit(row, column: str) -> str:
    return f"{NEXT}{row._meta.label_lower}/{row.pk}/{column}/"


def _stamp(client, url: str) -> str:
    return client.get(url).context["form"]["stamp"].value()


def test_the_oldest_comes_first_and_saving_opens_the_next(staff):
    stage, term = StageFactory(name_fr=""), GlossaryTermFactory(definition_en="")

    first = staff.get(NEXT)
    saved = staff.post(
        first["Location"], {"text": "  Avant  l’arrivée ", "stamp": _stamp(staff, first["Location"])}
    )
    second = staff.get(saved["Location"])

    assert first["Location"] == _edit(stage, "name_fr")
    assert saved["Location"] == NEXT
    assert second["Location"] == _edit(term, "definition_en")
    stage.refresh_from_db()
    assert (stage.name_fr, stage.translation_wanted_since) == ("Avant l’arrivée", None)
    assert Event.objects.get().verb == "reference.stage_translated"


def test_ten_missing_translations_take_a_page_each(staff):
    StageFactory.create_batch(10, name_fr="")
    pages, response = 0, staff.get(NEXT)

    while "/reference." in response["Location"]:
        pages += 1
        shown = staff.get(response["Location"])
        assert "Save and next" in shown.content.decode()
        data = {"text": f"Étape {pages}", "stamp": shown.context["form"]["stamp"].value()}
        response = staff.get(staff.post(response["Location"], data)["Location"])

    assert pages == 10
    assert response["Location"] == "/en/needs-you/"
    assert "No translation is missing" in staff.get("/en/needs-you/").content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_shows_source_change_and_text(staff, language):
    page = PageFactory(key="x", body_en="The office answers in ten days.", body_fr="Réponse en dix jours.")
    page.body_en = "The office answers in five days."
    page.save()
    with translation.override(language):
        url = reverse("portal:queue-translation", args=["pages.page", page.pk, "body_fr"])

    html = staff.get(url).content.decode()

    assert problems_of(html) == []
    assert "<del>ten</del>" in html
    assert "<ins>five</ins>" in html
    assert "Réponse en dix jours." in html
    assert {"en": "No change needed", "fr": "Aucun changement nécessaire"}[language] in html


def test_no_change_needed(staff, cast):
    page = PageFactory(key="x", body_en="One, two.")
    page.body_en = "One; two."
    page.save()
    url = _edit(page, "body_fr")

    response = staff.post(url, {"in_step": "1", "stamp": _stamp(staff, url), "text": ""})

    assert response["Location"] == NEXT
    page = Page.objects.get(pk=page.pk)
    assert page.translation_wanted_since is None
    assert page.body_fr == "## Un titre\n\nUn texte."
    event = Event.objects.get()
    assert (event.verb, event.actor) == ("pages.page_found_in_step", cast.staff)


def test_a_missing_text_cannot_be_called_in_step(staff):
    stage = StageFactory(name_fr="")
    url = _edit(stage, "name_fr")

    response = staff.post(url, {"in_step": "1", "stamp": _stamp(staff, url), "text": ""})

    assert response.status_code == 200
    assert response.context["form"].errors == {"text": ["Write the French text."]}
    assert "No change needed" not in response.content.decode()


def test_what_somebody_else_saved_meanwhile_is_not_lost(staff):
    stage = StageFactory(name_en="Exam", name_fr="")
    url = _edit(stage, "name_fr")
    stamp = _stamp(staff, url)
    stage.name_en = "Examination"
    stage.save()

    response = staff.post(url, {"text": "Mon texte", "stamp": stamp})

    html = response.content.decode()
    assert "Somebody else changed this text while you wrote" in html
    assert "Mon texte" in html
    assert "Examination" in html
    stage.refresh_from_db()
    assert stage.name_fr == ""
    again = staff.post(url, {"text": "Mon texte", "stamp": response.context["form"]["stamp"].value()})
    assert again.status_code == 302
    stage.refresh_from_db()
    assert stage.name_fr == "Mon texte"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Write the French text."),
        ("   ", "Write the French text."),
        ("x" * 200, "Ensure this value has at most 150 characters (it has 200)."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_bad_texts_are_refused_beside_the_field(staff, text, error):
    stage = StageFactory(name_fr="")
    url = _edit(stage, "name_fr")

    response = staff.post(url, {"text": text, "stamp": _stamp(staff, url)})

    assert response.status_code == 200
    assert response.context["form"].errors["text"] == [error]
    assert problems_of(response.content.decode()) == []


def test_links_to_nowhere_are_refused_here_too(staff):
    page = PageFactory(key="x", body_fr="")
    url = _edit(page, "body_fr")

    response = staff.post(url, {"text": "[a](page:nulle-part)", "stamp": _stamp(staff, url)})

    assert "There is no page or section called nulle-part" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "pages.page/{pk}/is_published/", "pages.page/{pk}/title/", "pages.page/{pk}/title_de/", "pages.page/{pk}/key/",
        "pages.page/{pk}/__class___en/", "members.user/{pk}/password/", "members.user/1/email_en/",
        "nothing.here/{pk}/title_fr/", "pages.page/999999/title_fr/", "pages.page/{pk}/title_fr%00/",
    ],
)  # fmt: skip
def test_hostile_paths_are_not_found(staff, path):
    page = PageFactory(key="x", title_fr="")

    assert staff.get(NEXT + path.format(pk=page.pk)).status_code == 404
    assert staff.post(NEXT + path.format(pk=page.pk), {"text": "x"}).status_code == 404


def test_a_pair_in_step_may_still_be_improved(staff):
    stage = StageFactory()
    url = _edit(stage, "name_fr")

    html = staff.get(url).content.decode()
    response = staff.post(url, {"text": "Mieux", "stamp": _stamp(staff, url)})

    assert "Both languages agree" in html
    assert response.status_code == 302
    stage.refresh_from_db()
    assert (stage.name_fr, stage.translation_wanted_since) == ("Mieux", None)


def test_members_may_not(sign_in, cast):
    stage = StageFactory(name_fr="")
    client = sign_in(cast.member)

    assert client.get(NEXT).status_code == 403
    assert client.get(_edit(stage, "name_fr")).status_code == 403
    assert client.post(_edit(stage, "name_fr"), {"text": "x"}).status_code == 403


def test_every_official_model_is_asked_in_one_query(django_assert_num_queries):
    for factory in (StageFactory, OccupationFactory):
        factory(name_fr="")
    PageFactory(title_fr="", body_en="")

    with django_assert_num_queries(1):
        found, count = wanted_texts(10)

    assert count == 3
    assert [text.row._meta.label for text in found] == [
        "reference.Stage",
        "reference.Occupation",
        "pages.Page",
    ]
    assert len(official_models()) > 10


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(staff, rows, django_assert_num_queries):
    stages = StageFactory.create_batch(rows, name_fr="")

    with django_assert_num_queries(3):
        assert staff.get(_edit(stages[0], "name_fr")).status_code == 200


def test_the_address_of_the_page_in_french(staff):
    stage = StageFactory(name_fr="")
    with translation.override("fr"):
        url = reverse("portal:queue-translation", args=["reference.stage", stage.pk, "name_fr"])
    assert staff.get(url).status_code == 200


def test_differences():
    assert word_differences("a b c", "a x c d") == [
        Piece("a ", "same"), Piece("b", "removed"), Piece("x", "added"), Piece(" c", "same"), Piece(" d", "added"),
    ]  # fmt: skip
    assert word_differences("x " * 3000, "y " * 3000) == [Piece("y " * 3000, "same")]
