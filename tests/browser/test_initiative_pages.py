"""The pages of initiatives in a browser: the whole journey of a posting, and pictures to look at."""

from __future__ import annotations

import os

import pytest
import yaml
from django.urls import reverse
from django.utils import translation

from initiatives.actions import initiatives as actions
from initiatives.actions.loading import load_initiatives
from initiatives.models import Initiative
from iqn.reference.loading import load_reference
from iqn.reference.models import Jurisdiction, StakeholderType
from members.choices import MembershipState
from members.models import Organization
from tests.browser.journey import press
from tests.factories.members import OrganizationFactory, make_person
from tests.world import make_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(transactional_db):
    make_pages()
    load_reference()


@pytest.fixture
def content(portal, repository):
    """The initiatives that ship with the portal, for pictures that look like the real thing."""
    rows = yaml.safe_load((repository / "members/content/organizations.yaml").read_text(encoding="utf-8"))
    kinds = {kind.slug: kind for kind in StakeholderType.objects.all()}
    places = {place.code: place for place in Jurisdiction.objects.all()}
    for row in rows["organizations"]:
        Organization.objects.create(
            slug=row["key"], name_en=row["name_en"], name_fr=row.get("name_fr") or row["name_en"],
            kind=kinds[row["type"]], jurisdiction=places.get(row.get("jurisdiction")), is_confirmed=True,
        )  # fmt: skip
    load_initiatives()


@pytest.fixture
def author(portal):
    return make_person(
        "Amir Author", MembershipState.APPROVED, organization=OrganizationFactory(name_en="Demo College")
    )


def address(name: str, language: str, **kwargs) -> str:
    with translation.override(language):
        return reverse(f"initiatives:{name}", kwargs=kwargs)


pictures = pytest.mark.skipif(not os.environ.get("IQN_SHOTS"), reason="pictures for people to look at")


@pictures
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(language, content, author, open_page, shoot):
    staff = make_person("Sam Staff", staff=True)
    draft = actions.save_draft(by=author, values={"title": "Half a title", "language": "en", "status": ""})
    shown = Initiative.objects.get(number=2)
    # name, who, address
    pages = [
        ("list", None, address("list", language)),
        ("list-search", None, address("list", language) + "?q=bridging&jurisdiction=nova-scotia"),
        ("list-empty", None, address("list", language) + "?q=zzzzzz"),
        ("detail", None, address("detail", language, identifier=shown.identifier)),
        ("detail-staff", staff, address("detail", language, identifier=shown.identifier)),
        ("form", author, address("create", language)),
        ("preview", author, address("draft", language, key=draft.key)),
        ("mine", author, address("mine", language)),
        ("history", author, address("history", language, identifier=shown.identifier)),
    ]
    for width in (1280, 390):
        for name, who, url in pages:
            page = open_page(who, width=width)
            assert page.goto(url).status == 200
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            shoot(page, f"{name}-{language}-{width}")
        page = open_page(author, width=width)
        page.goto(address("create", language))
        press(page.locator("button[value=preview]"))
        page.wait_for_selector(".errors")
        shoot(page, f"form-errors-{language}-{width}")


@pytest.mark.parametrize("js", [True, False])
def test_turning_the_form_keeps_what_was_typed(js, author, open_page):
    page = open_page(author, js=js)
    page.goto(address("create", "en"))
    page.fill("#id_title", "Typed before turning")
    press(page.locator("button[name=_lang]"))

    assert "/fr/" in page.url
    assert page.input_value("#id_title") == "Typed before turning"


@pytest.mark.parametrize("js", [True, False])
def test_post_in_two_pages_and_four_clicks(js, author, open_page, shoot):
    page = open_page(author, js=js)
    page.goto(address("list", "en"))
    clicks = []

    def click(selector: str) -> None:
        press(page.locator(selector))
        clicks.append(page.url.split("/", 3)[3])

    click("a.btn")  # New initiative
    page.fill("#id_title", "Mentoring in two pages")
    page.fill("#id_summary", "Each newcomer gets a mentor.")
    page.fill("#id_work", "We match and train mentors.")
    page.get_by_label("Mentoring").check()
    page.select_option("#id_status", "running")
    click("button[value=preview]")
    click("form button.btn >> text=Send for review")

    assert len(clicks) + 1 <= 4  # and the one that leads to the list
    posted = Initiative.objects.get(author=author)
    assert posted.waits_for_review
    assert page.locator("h1").inner_text() == "Mentoring in two pages"
    shoot(page, f"posted-{'js' if js else 'nojs'}")


def test_a_conflict_shows_both_texts(author, open_page, shoot):
    draft = actions.save_draft(
        by=author, values={"title": "As I saw it", "summary": "One. Two.", "language": "en"}
    )
    page = open_page(author)
    page.goto(address("draft-edit", "en", key=draft.key))
    actions.save_draft(
        by=author,
        initiative=draft,
        version=1,
        values={"title": "As saved from another window", "summary": "One. Three."},
    )
    page.fill("#id_title", "As I typed it")
    press(page.locator("button[value=save]"))

    page.wait_for_selector(".conflict")
    shoot(page, "conflict")
    press(page.locator("button[value=save]"))
    draft.refresh_from_db()
    assert draft.title == "As I typed it"


@pictures
def test_staffs_pages(content, author, open_page, shoot, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    staff = make_person("Sam Staff", staff=True)
    page = open_page(staff)
    sent = Initiative.objects.get(number=3)
    Initiative.objects.filter(pk=sent.pk).update(state="submitted", author=author)
    for name in ("review", "change", "hide"):
        page.goto(reverse(f"admin:initiatives_initiative_{name}", args=[sent.pk]))
        shoot(page, f"admin-{name}")
    page.goto(reverse("admin:initiatives_initiative_changelist"))
    shoot(page, "admin-list")
