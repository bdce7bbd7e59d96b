"""Shipped content loads again and again, and never over what a person wrote."""

import pytest

from iqn.pages.loading import load_pages
from iqn.pages.models import Clause, GlossaryTerm, Page
from iqn.reference.loading import load_reference
from iqn.reference.models import Jurisdiction, Occupation

pytestmark = pytest.mark.django_db


def _counts(tallies):
    return [(t.created, t.updated, t.kept, t.unplaced) for t in tallies]


def test_everything_loads_complete_and_published():
    tallies = load_pages() + load_reference()

    assert [t.created for t in tallies] == [11, 20, 28, 14, 35, 9, 22, 12, 4, 11]
    assert Page.objects.filter(is_published=True).count() == 11
    for model in (Page, Clause, GlossaryTerm, Jurisdiction, Occupation):
        assert [row for row in model.objects.all() if not row.is_complete_in_both] == []
        assert not model.objects.wanting_translation().exists()
    assert [str(c) for c in Occupation.objects.get(slug="engineer").codes.all()][:2] == [
        "NOC 2021 21300",
        "NOC 2021 21301",
    ]


def test_a_second_loading_changes_nothing():
    load_pages()
    load_reference()

    assert _counts(load_pages() + load_reference()) == [(0, 0, 0, [])] * 10


def test_what_a_person_edited_stays(tmp_path):
    load_pages()
    page = Page.objects.get(key="vision")
    page.title_en = "Where we are going"
    page.save()

    tallies = load_pages()

    assert _counts(tallies)[0] == (0, 0, 1, [])
    page.refresh_from_db()
    assert page.title_en == "Where we are going"
    assert str(tallies[0]).endswith("0 created, 0 updated, 1 kept because edited")


def test_new_words_reach_a_page_that_nobody_edited(tmp_path):
    load_pages()
    Page.objects.filter(key="vision").update(loaded_fingerprint="")  # as if edited
    from iqn.pages import loading

    for name in ("pages", "clauses", "glossary"):
        text = (loading.CONTENT / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(
            text.replace("title_en: Our mission", "title_en: Our task"), encoding="utf-8"
        )
    tallies = load_pages(tmp_path)

    assert _counts(tallies)[0] == (0, 1, 0, [])
    page = Page.objects.get(key="mission")
    assert (page.title_en, page.version) == ("Our task", 2)
    assert not Page.objects.wanting_translation().exists()  # both languages were shipped, one was reworded


def test_an_occupation_whose_code_a_person_corrected_stays():
    load_reference()
    code = Occupation.objects.get(slug="architect").codes.get()
    code.is_confirmed = True
    code.save()

    tally = load_reference()[1]

    assert (tally.created, tally.updated, tally.kept) == (0, 0, 1)
    code.refresh_from_db()
    assert code.is_confirmed is True
