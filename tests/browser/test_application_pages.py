"""The applicant's pages in a browser: axe-clean in every state, and the way from the form to the status page."""

from __future__ import annotations

import pytest

from iqn import links
from members.actions import applications
from members.choices import MembershipState
from tests.browser.axe import problems
from tests.browser.journey import press
from tests.factories.members import ApplicationFactory, DeclineReasonFactory, OrganizationFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.reference import JurisdictionFactory, OccupationFactory, StakeholderTypeFactory
from tests.world import make_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(transactional_db):
    make_pages()
    ClauseFactory()
    for code, name in (("ON", "Ontario"), ("NB", "Nouveau-Brunswick")):
        JurisdictionFactory(code=code, name_en=name, name_fr=name)
    OccupationFactory(slug="nurse", name_en="Nurse", name_fr="Infirmière")
    StakeholderTypeFactory(slug="regulator", name_en="Regulator", name_fr="Organisme de réglementation")
    OrganizationFactory(name_en="College of Demo", name_fr="Ordre de démo")
    return make_person("Sam Staff", staff=True)


@pytest.mark.parametrize("js", [True, False])
def test_applying_takes_three_clicks(staff, open_page, js):
    page = open_page(make_person("Ada Applicant"), js=js)
    page.goto("/en/application/new/")

    page.get_by_label("Your organization").fill("College of Demo")
    page.get_by_label("Your role there").fill("Registrar")
    page.get_by_label("Province or territory").select_option(label="Ontario")  # 1
    page.get_by_label("Why you would like to join").fill("We assess.")
    page.get_by_label("I agree to the").check()  # 2
    press(page.get_by_role("button", name="Send the application"))  # 3

    assert page.locator("h1").inner_text() == "Your application"
    assert "FCRO staff act next" in page.locator("main").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_state_is_axe_clean(staff, open_page, shoot, language, width):
    base = {"en": "/en/application/", "fr": "/fr/demande/"}[language]
    new = {"en": "new/", "fr": "nouvelle/"}[language]
    reason = DeclineReasonFactory()
    found = {}

    def look(page, name: str) -> None:
        shoot(page, f"application-{name}-{language}-{width}")
        if broken := problems(page):
            found[name] = broken

    page = open_page(make_person("Nia New"), width=width)
    page.goto(base + new)
    look(page, "form")
    press(page.locator("main form .btn"))
    look(page, "form-errors")

    for state in MembershipState:
        row = ApplicationFactory(
            person=make_person(f"{state.label} Person"), language=language, reference_name="Rita Referee",
            reference_email="r@example.org", reason="We assess qualifications.\n\nAnd we would like to learn.",
        )  # fmt: skip
        applications.ask(application=row, by=staff, text="Where do you work, please?")
        if state != MembershipState.NEEDS_INFORMATION:
            applications.answer(application=row, by=row.person, text="At the college.")
        if state == MembershipState.APPROVED:
            applications.approve(application=row, by=staff)
        if state == MembershipState.DECLINED:
            applications.decline(application=row, by=staff, reason=reason)
        if state == MembershipState.LEFT:
            applications.leave(person=row.person, by=row.person)
        page = open_page(row.person, width=width)
        page.goto(base)
        look(page, state.value)
        if state == MembershipState.NEEDS_INFORMATION:
            press(page.locator("main form .btn"))
            look(page, "answer-errors")
        if state == MembershipState.DECLINED:
            page.goto(base + new)
            look(page, "form-again")
            again = ApplicationFactory(person=row.person, previous=row, organization=row.organization)
            page.goto(base)
            look(page, "history")
            path = {"en": "reference", "fr": "confirmation"}[language]
            stranger = open_page(width=width)
            stranger.goto(f"{base}{path}/{links.token('members.reference', application=again.pk)}/")
            look(stranger, "reference")
            press(stranger.locator("main form .btn"))
            look(stranger, "reference-done")

    assert found == {}
