"""Public pages of organizations."""

from __future__ import annotations

import pytest

from initiatives.choices import PostVisibility
from members.choices import MembershipState
from members.models import Affiliation, Organization
from members.search import search_organizations
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import AffiliationFactory, OrganizationFactory, make_person
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(cast, site_pages):
    return OrganizationFactory(
        slug="college", name_en="College of Demo", name_fr="Ordre de démo", acronym_en="CD", acronym_fr="OD",
        former_names="Demo Board",
    )  # fmt: skip


def test_names_in_both_languages_and_earlier_ones(organization, client):
    english = client.get("/en/organizations/college/").content.decode()
    french = client.get("/fr/organismes/college/").content.decode()

    assert "<h1>College of Demo (CD)</h1>" in english
    assert '<dd lang="fr">Ordre de démo</dd>' in english
    assert "<dd>Demo Board</dd>" in english
    assert "<h1>Ordre de démo (OD)</h1>" in french
    assert (problems_of(english), problems_of(french)) == ([], [])


@pytest.mark.parametrize("words", ["ordre", "DEMO", "cd", "board", "dé"])
def test_found_by_any_of_its_names(organization, client, words):
    OrganizationFactory(name_en="Something else", name_fr="Autre chose")

    found = client.get("/en/organizations/", {"q": words}).context["page_obj"].object_list

    assert [o.slug for o in found] == ["college"]


def test_the_list_is_sorted_in_the_language_of_the_page(client, site_pages):
    OrganizationFactory(slug="a", name_en="Zebra", name_fr="École")
    OrganizationFactory(slug="b", name_en="Apple", name_fr="Pomme")
    OrganizationFactory(slug="c", name_en="Fig", name_fr="Figue")

    order = {
        url: [o.slug for o in client.get(url).context["page_obj"].object_list]
        for url in ("/en/organizations/", "/fr/organismes/")
    }

    assert order == {"/en/organizations/": ["b", "c", "a"], "/fr/organismes/": ["a", "c", "b"]}


def test_initiatives_as_far_as_the_reader_may_see_them(organization, cast, sign_in):
    InitiativeFactory(title="Public bridging", lead_organization=organization)
    InitiativeFactory(title="Inner note", lead_organization=organization, visibility=PostVisibility.MEMBERS)
    shared = InitiativeFactory(title="Shared mentoring")
    shared.partners.add(organization)
    shown = {}

    for who in (None, cast.member):
        page = sign_in(who).get("/en/organizations/college/").content.decode()
        shown[who and who.name] = [t in page for t in ("Public bridging", "Inner note", "Shared mentoring")]

    assert shown == {None: [True, False, True], "Mia Member": [True, True, True]}


def test_people_who_chose_to_be_seen_and_colleagues(organization, cast, sign_in):
    make_person("Listed Demo", MembershipState.APPROVED, organization=organization, is_listed_publicly=True)
    make_person("Unlisted Demo", MembershipState.APPROVED, organization=organization)
    colleague = make_person("Colleague Demo", MembershipState.APPROVED, organization=organization)
    gone = make_person("Gone Demo", MembershipState.LEFT, is_listed_publicly=True)
    AffiliationFactory(person=gone, organization=organization)
    shown = {}

    for who in (None, cast.member, colleague):
        page = sign_in(who).get("/en/organizations/college/").content.decode()
        names = [n for n in ("Listed Demo", "Unlisted Demo", "Colleague Demo", "Gone Demo") if n in page]
        shown[who and who.name] = (names, "Your colleagues here" in page)

    assert shown == {
        None: (["Listed Demo"], False),
        "Mia Member": (["Listed Demo"], False),
        "Colleague Demo": (["Listed Demo", "Unlisted Demo", "Colleague Demo"], True),
    }


def test_an_organization_that_staff_have_not_checked(cast, sign_in, site_pages):
    own = OrganizationFactory(slug="new", is_confirmed=False)
    AffiliationFactory(person=cast.member, organization=own)

    answers = {
        who and who.name: (
            sign_in(who).get("/en/organizations/new/").status_code,
            "new" in [o.slug for o in sign_in(who).get("/en/organizations/").context["page_obj"].object_list],
        )
        for who in (None, cast.author, cast.member, cast.staff)
    }

    assert answers == {
        None: (404, False), "Amir Author": (404, False), "Mia Member": (200, True), "Sam Staff": (200, True),
    }  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(organization, client, django_assert_num_queries, rows):
    for n in range(rows):
        InitiativeFactory(lead_organization=organization)
        make_person(f"Demo {n}", MembershipState.APPROVED, organization=organization, is_listed_publicly=True)
        OrganizationFactory()
    assert Affiliation.objects.filter(organization=organization).count() == rows

    with django_assert_num_queries(5):
        client.get("/en/organizations/college/")
    with django_assert_num_queries(3):
        client.get("/en/organizations/?q=o")


def test_csv(organization, client):
    text = b"".join(client.get("/en/organizations/?q=college&format=csv").streaming_content).decode(
        "utf-8-sig"
    )

    assert text.splitlines()[1].startswith("College of Demo,Ordre de démo,CD,OD,")


def test_the_list_in_french_and_empty(organization, client):
    page = client.get("/fr/organismes/?q=zzz").content.decode()

    assert "<h1>Organismes</h1>" in page
    assert "Aucun organisme ne correspond" in page
    assert problems_of(page) == []


def test_what_is_searched_follows_the_names():
    row = OrganizationFactory(name_en="Old", name_fr="Vieux")
    row.name_fr = "Élan"
    row.save(update_fields=["name_fr"])

    assert Organization.objects.get(pk=row.pk).search_text == "old elan"


def test_the_last_of_many_earlier_names_is_found(cast):
    organization = OrganizationFactory(
        former_names="; ".join([*(f"Bureau {n}" for n in range(30)), "Zwetschgenamt"])
    )

    assert len(organization.former_names) > 250
    assert list(search_organizations(cast.member.user, "zwetschgenamt")) == [organization]
