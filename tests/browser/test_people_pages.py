"""People's pages as they are seen: pictures for the eye, and the ways that need a real browser."""

from __future__ import annotations

import pytest

from members.choices import MembershipState
from members.models import Person
from tests.browser.journey import press
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import PASSWORD, OrganizationFactory, make_person
from tests.factories.reference import JurisdictionFactory, OccupationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def network(cast, site_pages):
    place = JurisdictionFactory(code="NS", name_en="Nova Scotia", name_fr="Nouvelle-Écosse")
    nurse = OccupationFactory(
        slug="registered-nurse", name_en="Registered nurse", name_fr="Infirmière ou infirmier"
    )
    college = OrganizationFactory(
        slug="demo-college", name_en="Demo College", name_fr="Collège de démonstration", acronym_en="DC",
        acronym_fr="CD", former_names="Demo Institute", website="https://example.org/", jurisdiction=place,
    )  # fmt: skip
    for n in range(30):
        make_person(
            f"Demo Person {n:02}", MembershipState.APPROVED, organization=college if n % 2 else None,
            occupation=nurse if n % 3 else None, jurisdiction=place, languages="en,fr" if n % 4 else "fr",
        )  # fmt: skip
    person = make_person(
        "Érable Démo", MembershipState.APPROVED, organization=college, occupation=nurse, jurisdiction=place,
        about="I run **bridging programs**.\n\n- ask me about cohorts\n- and about mentors", is_listed_publicly=True,
        contact_email="erable@example.org", contact_email_visibility="members", phone="902 555-0100",
    )  # fmt: skip
    InitiativeFactory(author=person, lead_organization=college, title="Bridging for nurses")
    return person


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(network, open_page, shoot, cast, language):
    people, organizations, account = {
        "en": ("members", "organizations", "account"), "fr": ("membres", "organismes", "compte"),
    }[language]  # fmt: skip
    words = {
        "en": ("profile", "employer", "write", "data"),
        "fr": ("profil", "employeur", "ecrire", "donnees"),
    }[language]
    paths = {
        "people": f"/{language}/{people}/",
        "people-narrow": f"/{language}/{people}/?q=demo&occupation=registered-nurse&language=fr&page=2",
        "people-empty": f"/{language}/{people}/?q=zzzz",
        "person": f"/{language}/{people}/{network.pk}/",
        "write": f"/{language}/{people}/{cast.member.pk}/{words[2]}/",
        "organizations": f"/{language}/{organizations}/",
        "organization": f"/{language}/{organizations}/demo-college/",
        "account": f"/{language}/{account}/",
        "profile": f"/{language}/{account}/{words[0]}/",
        "employer": f"/{language}/{account}/{words[1]}/",
        "data": f"/{language}/{account}/{words[3]}/",
    }
    for width in (1280, 390):
        page = open_page(network, width=width)
        for name, path in paths.items():
            answer = page.goto(path)
            assert answer.status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            shoot(page, f"{name}-{language}-{width}")


@pytest.mark.parametrize("js", [True, False])
def test_narrowing_writing_and_moving(network, open_page, shoot, cast, js):
    page = open_page(cast.member, js=js)
    page.goto("/en/members/")
    page.get_by_label("Name").fill("erable")
    press(page.get_by_role("button", name="Show the results"))
    press(page.get_by_role("link", name="Érable Démo"))
    press(page.get_by_role("link", name="Write to this person"))
    press(page.get_by_role("button", name="Send"))
    shoot(page, f"write-error-{js}")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    page.get_by_label("Message").fill("How long did it take?")
    press(page.get_by_role("button", name="Send"))
    assert page.get_by_text("Your letter to Érable Démo is on its way.").is_visible()

    page.goto("/en/account/")
    press(page.get_by_role("link", name="Change where you work"))
    page.get_by_label("Organization where you work now").fill("demo college")
    page.get_by_label("Your role there").fill("Dean")
    press(page.get_by_role("button", name="Save"))
    assert page.get_by_text("Saved. What you posted before").is_visible()
    assert page.get_by_role("link", name="Demo College").is_visible()


def test_leaving_takes_the_password_and_one_choice(network, open_page, shoot):
    page = open_page(network)
    page.goto("/en/account/")
    press(page.get_by_role("link", name="Leave the network"))
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("main").get_by_role("button").first)
    shoot(page, "leave")
    page.get_by_label("Show “former member” instead of my name").check()
    page.get_by_label("I understand that my account closes at once.").check()
    press(page.get_by_role("button", name="Leave the network"))
    shoot(page, "left")

    assert page.get_by_text("You have left the network.").is_visible()
    assert Person.objects.get(pk=network.pk).is_shown_as_former_member
