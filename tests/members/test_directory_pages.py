"""The directory and the page of one person."""

from __future__ import annotations

import pytest

from members.choices import MembershipState, Visibility
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import AffiliationFactory, OrganizationFactory, make_person
from tests.factories.reference import JurisdictionFactory, OccupationFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def get_as(cast, site_pages, sign_in):
    """get_as(person)(url): the page as text."""
    return lambda person: lambda url: sign_in(person).get(url).content.decode()


def test_names_are_found_without_accents_or_capitals_and_sorted_by_their_last_word(cast, get_as):
    for name in ("Zoé Démo", "Adam Émond", "Érable Demo"):
        make_person(name, MembershipState.APPROVED)

    page = get_as(cast.member)("/en/members/?q=DEMO")
    whole = get_as(cast.member)("/en/members/")

    assert [name in page for name in ("Zoé Démo", "Érable Demo", "Adam Émond")] == [True, True, False]
    assert (
        whole.index("Érable Demo")
        < whole.index("Zoé Démo")
        < whole.index("Adam Émond")
        < whole.index("Mia Member")
    )


def test_only_members_are_listed(cast, get_as):
    page = get_as(cast.staff)("/en/members/")

    assert [name in page for name in ("Mia Member", "Ada Applicant", "Dora Declined", "Lee Left", "Sam Staff")] == [
        True, False, False, False, False,
    ]  # fmt: skip


def test_the_type_of_organization_is_that_of_today(cast, sign_in, site_pages):
    old, new = OrganizationFactory(), OrganizationFactory()
    person = make_person("Alder Demo", MembershipState.APPROVED, organization=new)
    AffiliationFactory(person=person, organization=old, since="2020-01-01", until="2021-01-01")

    found = [
        [
            p.name
            for p in sign_in(cast.member).get(f"/en/members/?kind={kind}").context["page_obj"].object_list
        ]
        for kind in (new.kind.slug, old.kind.slug)
    ]

    assert found == [["Alder Demo"], []]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(cast, sign_in, site_pages, django_assert_num_queries, rows):
    for n in range(rows):
        make_person(
            f"Demo {n}",
            MembershipState.APPROVED,
            occupation=OccupationFactory(),
            jurisdiction=JurisdictionFactory(),
        )
    client = sign_in(cast.member)

    with django_assert_num_queries(6):
        client.get("/en/members/?language=en&q=demo")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_person(cast, sign_in, site_pages, django_assert_num_queries, rows):
    for _ in range(rows):
        AffiliationFactory(person=cast.author)
        InitiativeFactory(author=cast.author)
    client = sign_in(cast.member)

    with django_assert_num_queries(7):
        client.get(f"/en/members/{cast.author.pk}/")


def test_contact_details_by_visibility(cast, get_as):
    author = cast.author
    author.contact_email, author.contact_email_visibility = "public@example.org", Visibility.PUBLIC
    author.phone, author.phone_visibility = "902 555-0100", Visibility.MEMBERS
    author.website, author.website_visibility = "https://staff-only.example.org", Visibility.STAFF
    author.save()
    shown = {}

    for who in ("member", "author", "staff"):
        page = get_as(getattr(cast, who))(f"/en/members/{author.pk}/")
        shown[who] = [text in page for text in ("public@example.org", "902 555-0100", "staff-only")]

    assert shown == {"member": [True, True, False], "author": [True] * 3, "staff": [True] * 3}
    assert [field for field, _value in author.contact_details_for(None)] == ["contact_email"]


def test_csv_shows_each_reader_only_what_they_may_see(cast, sign_in, site_pages):
    cast.author.phone, cast.author.phone_visibility = "902 555-0100", Visibility.STAFF
    cast.author.save()
    files = {
        who: b"".join(sign_in(getattr(cast, who)).get("/en/members/?format=csv").streaming_content).decode()
        for who in ("member", "staff")
    }

    assert {who: "902 555-0100" in text for who, text in files.items()} == {"member": False, "staff": True}


def test_a_person_with_past_and_present(cast, get_as):
    old = OrganizationFactory(name_en="Old Place")
    AffiliationFactory(
        person=cast.author, organization=old, title="Clerk", since="2019-05-01", until="2020-03-13"
    )
    cast.author.about, cast.author.about_language = "Je fais du **mentorat**.", "fr"
    cast.author.save()
    InitiativeFactory(author=cast.author, title="Bridging for all")

    page = get_as(cast.member)(f"/en/members/{cast.author.pk}/")

    assert "March\xa013, 2020" in page or "March 13, 2020" in page
    assert "Old Place" in page
    assert '<div class="prose" lang="fr"><p>Je fais du <strong>mentorat</strong>.</p>' in page
    assert "Bridging for all" in page
    assert problems_of(page) == []


def test_somebody_who_left_under_their_name_keeps_a_page_that_says_so(cast, sign_in, site_pages):
    application = cast.left.applications.get()
    client = sign_in(cast.member)

    withdrew = client.get(f"/en/members/{cast.left.pk}/")  # an application, and was never a member
    application.decided_at = application.submitted_at
    application.save()
    kept = client.get(f"/en/members/{cast.left.pk}/")
    cast.left.is_shown_as_former_member = True
    cast.left.save()
    hidden = client.get(f"/en/members/{cast.left.pk}/")

    assert "Not a member of the network at present." in kept.content.decode()
    assert (withdrew.status_code, kept.status_code, hidden.status_code) == (404, 200, 404)


def test_in_french(cast, get_as):
    make_person("Alder Demo", MembershipState.APPROVED, languages="en,fr")

    page = get_as(cast.member)("/fr/membres/?q=alder&language=fr")

    assert "<h1>Membres</h1>" in page
    assert "1 membre trouvé" in page
    assert "Anglais et français" in page
    assert problems_of(page) == []


def test_an_empty_list_says_what_to_do(cast, get_as):
    page = get_as(cast.member)("/en/members/?q=zzzz")

    assert "No member matches" in page
    assert problems_of(page) == []


def test_two_thousand_members_take_no_more_queries(cast, sign_in, site_pages, django_assert_max_num_queries):
    from members.models import Affiliation, MembershipApplication, Person

    organization, place = OrganizationFactory(), JurisdictionFactory()
    people = Person.objects.bulk_create(
        Person(name=f"Demo {n}", sort_name=f"{n:05} demo", jurisdiction=place) for n in range(2000)
    )
    MembershipApplication.objects.bulk_create(
        MembershipApplication(
            person=person, organization=organization, role_title="x", jurisdiction=place, reason="x", language="en",
            state=MembershipState.APPROVED, decided_at=person.created_at,
        )
        for person in people
    )  # fmt: skip
    Affiliation.objects.bulk_create(Affiliation(person=p, organization=organization) for p in people)
    client = sign_in(cast.member)

    with django_assert_max_num_queries(8):
        page = client.get("/en/members/?page=41").content.decode()

    assert "1,000+ members found" in page
    assert len(page) < 25_000
