"""What readers see of the official pages."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from iqn.pages.loading import load_pages
from iqn.pages.models import Page
from tests.factories.pages import ClauseFactory, GlossaryTermFactory, PageFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


def _text(response) -> str:
    return response.content.decode()


@pytest.fixture
def shipped(db):
    load_pages()


@pytest.mark.parametrize(
    ("path", "h1", "twin"),
    [
        ("/en/about/", "About the network", "/fr/a-propos/"),
        ("/fr/a-propos/", "À propos du réseau", "/en/about/"),
        ("/en/about/privacy/", "Privacy", "/fr/a-propos/confidentialite/"),
        ("/fr/a-propos/conditions/", "Conditions", "/en/about/terms/"),
        ("/en/about/guidelines/", "Guidelines", "/fr/a-propos/lignes-directrices/"),
        ("/fr/a-propos/lignes-directrices/", "Lignes directrices", "/en/about/guidelines/"),
        ("/en/about/glossary/", "Glossary", "/fr/a-propos/glossaire/"),
        ("/fr/a-propos/glossaire/", "Glossaire", "/en/about/glossary/"),
    ],
)
def test_each_page_stands_in_both_languages(shipped, path, h1, twin):
    response = Client().get(path)

    assert response.status_code == 200
    found = re.search(r"<h1>(.*?)</h1>", _text(response))[1]
    assert found.startswith(h1)
    assert f'hreflang="{twin[1:3]}" translate="no" href="{twin}"' in _text(response)
    assert problems_of(_text(response)) == []


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/fr/a-propos/privacy/", "/fr/a-propos/confidentialite/"),
        ("/en/about/confidentialite/", "/en/about/privacy/"),
        ("/en/about/help-markdown/?q=1", "/en/about/format-a-text/?q=1"),
        ("/en/about/overview/", "/en/about/"),
        ("/fr/a-propos/apercu/", "/fr/a-propos/"),
        ("/en/about/membership-guidelines/", "/en/about/guidelines/#membership"),
        ("/fr/a-propos/lignes-directrices-publication/", "/fr/a-propos/lignes-directrices/#posting"),
    ],
)
def test_other_names_lead_to_the_address(shipped, path, leads_to):
    response = Client().get(path)

    assert (response.status_code, response["Location"]) == (302, leads_to)


def test_every_link_of_every_shipped_page_leads_somewhere(shipped):
    client, seen = Client(), set()
    paths = {"/en/about/", "/fr/a-propos/"}
    while paths:
        path = paths.pop()
        seen.add(path)
        response = client.get(path)
        assert response.status_code in (200, 302), path
        if response.status_code == 302:
            continue
        html = _text(response)
        assert "page:" not in html
        assert "section:" not in html
        assert "{contact_email}" not in html
        found = {href.split("#")[0].split("?")[0] for href in re.findall(r'href="(/[^"]*)"', html)}
        paths |= {p for p in found if p.startswith(("/en/about/", "/fr/a-propos/"))} - seen
    assert len(seen) >= 20


def test_long_pages_list_their_parts(shipped):
    html = _text(Client().get("/en/about/"))

    assert '<li><a href="#who-it-is-for">Who it is for</a></li>' in html
    assert '<h2 id="who-it-is-for">Who it is for</h2>' in html
    assert "On this page" not in _text(Client().get("/en/about/vision/"))


def test_clauses_have_anchors(shipped):
    html = _text(Client().get("/fr/a-propos/lignes-directrices/"))

    assert '<section id="M2"' in html
    assert '<section id="P1"' in html


def test_a_repealed_clause_says_so():
    PageFactory(key="guidelines-membership")
    ClauseFactory(number="M1", is_repealed=True)
    ClauseFactory(number="M2")

    html = _text(Client().get("/en/about/guidelines/"))

    assert html.count("No longer in force") == 1
    assert html.count('class="clause"') == 2


def test_nothing_written_yet_says_so():
    assert Client().get("/en/about/").status_code == 404
    assert "The guidelines are not published yet" in _text(Client().get("/en/about/guidelines/"))
    assert "The glossary is empty" in _text(Client().get("/en/about/glossary/"))


def test_an_unpublished_page_is_for_staff_only(sign_in, cast):
    PageFactory(key="plans", is_published=False)
    PageFactory(key="about")

    assert Client().get("/en/about/plans/").status_code == 404
    assert sign_in(cast.member).get("/en/about/plans/").status_code == 404
    assert "only staff see it" in _text(sign_in(cast.staff).get("/en/about/plans/"))
    assert "Page plans" not in _text(Client().get("/en/about/"))
    assert "Page plans" in _text(sign_in(cast.staff).get("/en/about/"))


def test_an_overdue_page_says_so(sign_in, cast):
    PageFactory(key="rules", confirmed_on=timezone.localdate().replace(year=2020))
    PageFactory(key="fresh")

    assert "Some of it may be out of date" in _text(Client().get("/en/about/rules/"))
    assert "Confirm or change it" not in _text(Client().get("/en/about/rules/"))
    assert "Confirm or change it" in _text(sign_in(cast.staff).get("/en/about/rules/"))
    assert "may be out of date" not in _text(Client().get("/en/about/fresh/"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/about/", 2),
        ("/en/about/page-of-test/", 2),
        ("/en/about/guidelines/", 3),
        ("/en/about/glossary/", 2),
    ],
)
def test_queries(rows, path, queries, django_assert_num_queries):
    PageFactory(key="about")
    PageFactory(key="page-of-test")
    PageFactory(key="guidelines-membership")
    PageFactory.create_batch(rows)
    ClauseFactory.create_batch(rows)
    GlossaryTermFactory.create_batch(rows)
    client = Client()

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("slug", ["nothing-here", "a" * 300, "%00", "..%2f..%2fetc", "\u202egnirts", "1'--"])
def test_unknown_addresses_are_not_found(site_pages, slug):
    assert Client().get(f"/en/about/{slug}/").status_code == 404


def test_hostile_texts_stay_texts():
    PageFactory(
        key="bad", title_en="<script>alert(1)</script>",
        body_en="## <img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) [y](page:nowhere) [z](//evil.example)",
    )  # fmt: skip

    html = _text(Client().get("/en/about/bad/"))

    assert "<script>alert" not in html
    assert "<img" not in html
    assert "javascript:alert(1)" not in re.findall(r'href="([^"]*)"', html)
    assert 'href="//evil.example"' not in html
    assert problems_of(html) == []


def test_anchors_are_unique():
    page = PageFactory(key="same", body_en="\n\n".join(["## Main", "## Main", "## ???", "## ???"]))

    html = _text(Client().get("/en/about/same/"))

    assert re.findall(r'<h2 id="([^"]*)">(?:Main|\?\?\?)</h2>', html) == [
        "main-2",
        "main-3",
        "part",
        "part-2",
    ]
    assert str(page) == "Page same"


def test_old_links_with_the_permanent_key_hold(shipped):
    assert Page.objects.get(key="help-markdown").get_absolute_url() == "/en/about/format-a-text/"
