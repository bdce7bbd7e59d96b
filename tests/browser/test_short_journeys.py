"""Ways that must be short: another employer, one's data, leaving, ten translations. (Ten decisions: see the queue.)"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import translation

from initiatives.models import Initiative
from iqn.mail.models import Message
from iqn.reference.models import Stage
from members.choices import MembershipState
from members.models import Affiliation
from tests.accounts.letters import code_in
from tests.browser.journey import Traveller, words
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import PASSWORD, OrganizationFactory, make_person
from tests.factories.reference import StageFactory
from tests.world import make_pages

VARIANTS = pytest.mark.parametrize(
    ("language", "js"), [("en", True), ("fr", False)], ids=["en-script", "fr-plain"]
)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), VARIANTS]


@pytest.fixture
def on_the_way(transactional_db, open_page, shoot, language, js):
    make_pages()
    count = iter(range(100))

    def traveller(person=None) -> Traveller:
        def look(arrived) -> None:
            shoot(arrived.page, f"short-{language}-{next(count):02}")

        return Traveller(open_page(person, js=js, locale=f"{language}-CA"), language, look=look)

    return traveller


def test_another_employer_takes_two_pages(on_the_way, language):
    college = OrganizationFactory(name_en="Old College", name_fr="Ancien collège")
    board = OrganizationFactory(name_en="New Board", name_fr="Nouveau bureau")
    person = make_person("Mia Member", MembershipState.APPROVED, organization=college, language=language)
    before = InitiativeFactory(title="Bridging", author=person, author_organization=college)
    member = on_the_way(person)
    member.open(f"/{language}/")
    member.press(member.link("Your account"))

    with member.leg("Change of employer", pages=2, clicks=2):
        member.press(member.link("Change where you work"))
        member.field("Organization where you work now", required=False).fill(
            getattr(board, f"name_{language}")
        )
        member.field("Your role there", required=False).fill("Registrar")
        member.press(member.button("Save"))

    assert member.is_told("Saved. What you posted before keeps the organization of its day.")
    old, new = Affiliation.objects.filter(person=person).order_by("pk")
    assert (old.organization, old.until, new.organization, new.until) == (college, new.since, board, None)
    with translation.override(language):
        member.open(before.get_absolute_url())
    assert member.page.get_by_text(f"Mia Member, {getattr(college, f'name_{language}')}").is_visible()
    assert Initiative.objects.get(pk=before.pk).author_organization == college


@pytest.fixture
def just_signed_in(on_the_way, deliver, language) -> Traveller:
    """Whoever has just signed in is not asked for the password again."""
    make_person("Mia Member", MembershipState.APPROVED, language=language)
    member = on_the_way()
    member.open(f"/{language}/")
    member.press(member.link("Sign in"))
    member.field("E-mail address").fill("mia.member@example.org")
    member.field("Password").fill(PASSWORD)
    member.press(member.page.locator("main").get_by_role("button", name=member.say("Sign in"), exact=True))
    [letter] = deliver()
    member.field("Code from the e-mail").fill(code_in(letter))
    member.press(member.page.locator("main").get_by_role("button", name=member.say("Sign in"), exact=True))
    member.press(member.button("Ask me every time"))
    member.press(member.link("Your account"))
    return member


def test_ones_data_and_leaving_take_two_pages_each(just_signed_in, deliver, language):
    member = just_signed_in

    with member.leg("Export of one's data", pages=2, clicks=2):
        member.press(member.link("Download your data"))
        with member.page.expect_download() as download:
            member.tick(member.link("Download (zip)"))
        member.open(member.page.url)  # nothing else opens: the leg wants a page that ends it
    archive = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert {"applications.csv", "applications.json"} <= set(archive.namelist())
    assert "Mia Member" in "".join(archive.read(name).decode() for name in archive.namelist())

    member.press(member.link("Your account"))
    with member.leg("Leaving", pages=2, clicks=4):
        member.press(member.link("Leave the network"))
        member.tick(member.choice("Keep my name on my posts"))
        member.tick(member.page.get_by_role("checkbox"))
        member.press(member.button("Leave the network"))
    assert member.is_told("You have left the network. A letter confirms it. Thank you for your part in it.")
    [farewell] = deliver()
    assert (farewell.to, farewell.subject) == (
        ["mia.member@example.org"], words(language)("You have left the International Qualifications Network")
    )  # fmt: skip
    assert Message.objects.count() == 2


def test_ten_translations_take_a_page_each(on_the_way, language):
    missing = "fr" if language == "en" else "en"
    StageFactory.create_batch(10, **{f"name_{missing}": ""})
    staff = on_the_way(make_person("Sam Staff", staff=True, language=language))
    staff.open(f"/{language}/")
    staff.press(staff.link("Needs you"))
    staff.press(staff.page.locator("main").get_by_role("link", name=staff.say("Translate", "button")).first)

    with staff.leg("Ten translations", pages=10, clicks=10):
        for number in range(10):
            staff.page.locator("main textarea").fill(f"Translation {number}")
            staff.press(staff.button("Save and next"))

    assert staff.is_told("No translation is missing or out of date.")
    assert sorted(getattr(stage, f"name_{missing}") for stage in Stage.objects.all()) == [
        f"Translation {number}" for number in range(10)
    ]
