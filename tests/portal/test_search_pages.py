"""One box over everything that the reader may see."""

import pytest
from django.test import Client

from initiatives.actions.indexing import index
from initiatives.choices import PostState, PostVisibility
from iqn.pages.loading import load_pages
from members.choices import MembershipState
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import OrganizationFactory, make_person
from tests.factories.pages import PageFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


def _initiative(**values):
    initiative = InitiativeFactory(**values)
    index(initiative)
    return initiative


def _found(client, words: str, language: str = "en") -> dict[str, list[str]]:
    path = {"en": "/en/search/", "fr": "/fr/recherche/"}[language]
    response = client.get(path, {"q": words})
    assert response.status_code == 200
    return {g.source.name: [str(hit.title) for hit in g.hits] for g in response.context["groups"]}


def test_each_kind_is_found(sign_in):
    person = make_person("Marie Bridger", MembershipState.APPROVED)
    _initiative(title="Bridging for midwives", summary="A summary.", lead_organization=None)
    OrganizationFactory(name_en="Bridge College", name_fr="Collège Bridge")
    PageFactory(key="x", title_en="Bridges", title_fr="Des ponts")

    assert _found(Client(), "bridg") == {
        "initiatives": ["<mark>Bridging</mark> for midwives"],
        "organizations": ["<mark>Bridge</mark> College"],
        "pages": ["<mark>Bridges</mark>"],
    }
    assert _found(sign_in(person), "bridger")["people"] == ["Marie <mark>Bridger</mark>"]


def test_strangers_find_no_people(sign_in, cast):
    assert _found(sign_in(cast.member), "Amir") == {"people": ["<mark>Amir</mark> Author"]}
    for reader in (None, cast.applicant, cast.left):
        assert _found(sign_in(reader), "Amir") == {}


def test_only_what_the_reader_may_see(sign_in, cast):
    _initiative(title="Zebra open", lead_organization=None)
    _initiative(title="Zebra for members", visibility=PostVisibility.MEMBERS, lead_organization=None)
    _initiative(title="Zebra draft", state=PostState.DRAFT, author=cast.author, lead_organization=None)
    PageFactory(key="x", title_en="Zebra page", is_published=False)
    OrganizationFactory(name_en="Zebra unchecked", is_confirmed=False)

    public = {"initiatives": ["<mark>Zebra</mark> open"]}
    assert _found(Client(), "zebra") == public
    assert _found(sign_in(cast.applicant), "zebra") == public
    assert sorted(_found(sign_in(cast.author), "zebra")["initiatives"]) == [
        "<mark>Zebra</mark> for members", "<mark>Zebra</mark> open",
    ]  # fmt: skip
    assert _found(sign_in(cast.staff), "zebra")["pages"] == ["<mark>Zebra</mark> page"]


@pytest.mark.parametrize("words", ["confidentialite", "CONFIDENTIALITÉ", "confid", "confidentialitte"])
def test_accents_beginnings_and_typing_errors(words):
    load_pages()

    titles = [
        title.replace("<mark>", "").replace("</mark>", "") for title in _found(Client(), words, "fr")["pages"]
    ]

    assert titles[0] == "Avis de confidentialité"


def test_the_excerpt_shows_where_the_word_stands():
    PageFactory(
        key="x", body_en=f"{'Long ' * 100} the **seahorse** swims [home](page:contact). {'end ' * 100}"
    )

    html = Client().get("/en/search/?q=seahorse").content.decode()

    assert "the <mark>seahorse</mark> swims home." in html
    assert "Long Long" in html
    assert html.count("Long ") < 40


def test_an_identifier_leads_straight_there():
    initiative = _initiative(title="Named", number=231, lead_organization=None)

    html = Client().get("/en/search/?q=iqn-0231").content.decode()

    assert f'<a href="{initiative.get_absolute_url()}"' in html
    assert "IQN-0231: Named" in html


@pytest.mark.parametrize(
    ("language", "words", "says"),
    [
        ("en", "", "Type a word in English or in French"),
        ("fr", "", "Écrivez un mot en français ou en anglais"),
        ("en", "a", "Type a longer word"),
        ("fr", "…", "Écrivez un mot plus long"),
        ("en", "qqzzqq", "No result for “qqzzqq”"),
        ("fr", "qqzzqq", "Aucun résultat pour «\xa0qqzzqq\xa0»"),
    ],
)
def test_states_without_results(language, words, says, site_pages):
    response = Client().get({"en": "/en/search/", "fr": "/fr/recherche/"}[language], {"q": words})

    html = response.content.decode()
    assert says in html
    assert problems_of(html) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_with_results(language, site_pages):
    _initiative(title="Contact lenses", language="en", lead_organization=None)
    OrganizationFactory(name_en="Contact Canada", name_fr="Contact Canada")

    html = (
        Client()
        .get({"en": "/en/search/", "fr": "/fr/recherche/"}[language], {"q": "contact"})
        .content.decode()
    )

    assert problems_of(html) == []
    assert ('lang="en"><mark>Contact</mark> lenses' in html) is (language == "fr")


def test_more_than_is_shown_leads_to_the_list():
    for number in range(12):
        OrganizationFactory(name_en=f"Otter {number:02}")

    response = Client().get("/en/search/?q=otter")

    group = response.context["groups"][0]
    assert (group.count, len(group.hits), group.all_url) == (12, 10, "/en/organizations/?q=otter")


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE members_person; --", "<script>alert(1)</script>", "a" * 5000, "%00", "\x00\x00ab", "& | ! :*",
        "(((", "\\", "' OR 1=1", "\u202etfel", "😀😀", "-1", "%s %(x)s", "{{ 7*7 }}", "é\u0301" * 300,
    ],
)  # fmt: skip
def test_hostile_words(words, site_pages):
    html = Client().get("/en/search/", {"q": words}).content.decode()

    assert problems_of(html) == []
    assert "<script>alert" not in html
    assert "49" not in html


def test_the_box_is_there_once(site_pages):
    assert Client().get("/en/search/").content.decode().count('role="search"') == 1
    assert Client().get("/en/about/").content.decode().count('role="search"') == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "queries"), [(None, 12), ("member", 16)])
def test_queries(sign_in, cast, rows, role, queries, django_assert_num_queries):
    for number in range(rows):
        _initiative(title=f"Otter {number}", author=cast.author, lead_organization=None)
        OrganizationFactory(name_en=f"Otter {number}")
        PageFactory(title_en=f"Otter {number}")
        make_person(f"Olaf Otter{number}", MembershipState.APPROVED)
    client = sign_in(getattr(cast, role) if role else None)

    with django_assert_num_queries(queries):
        response = client.get("/en/search/?q=otter")
    assert [len(g.hits) for g in response.context["groups"]] == [rows] * (4 if role else 3)


@pytest.mark.parametrize(("typed", "says_so"), [("infirmière", False), ("infimiere", True)])
def test_a_typing_error_is_said(typed, says_so, site_pages):
    _initiative(title="Mentorat d’infirmière", language="fr", lead_organization=None)

    for address in ("/fr/recherche/", "/fr/initiatives/"):
        html = Client().get(address, {"q": typed}).content.decode()
        assert ("<mark>infirmière</mark>" in html, "Mentorat" in html) == (not says_so, True)
        sentence = f"Aucun résultat exact pour «\xa0{typed}\xa0». Voici ce qui s’en approche."
        assert (sentence in html) is says_so
