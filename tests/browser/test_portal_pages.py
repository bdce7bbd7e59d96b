"""How the pages over several apps look, for people to judge; and what a browser alone can tell."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from initiatives.choices import PostState
from iqn.mail.models import Message
from iqn.pages.loading import load_pages
from iqn.pages.models import Page
from members.choices import MembershipState
from tests.browser.journey import press
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory
from tests.factories.members import make_person
from tests.factories.reference import StageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shipped(db):
    call_command("load_content", verbosity=0)


@pytest.fixture
def portal(transactional_db):
    """A few invented people, and one thing of each kind that waits."""
    load_pages()
    member = make_person("Mia Member", MembershipState.APPROVED)
    staff = make_person("Sam Staff", staff=True)
    applicant = make_person("Ada Applicant", MembershipState.APPLIED)
    applicant.applications.update(state_since=timezone.now() - timedelta(days=9))
    mine = InitiativeFactory(
        author=member, title="A bridging year for midwives", summary="A year of paid practice."
    )
    InitiativeFactory(author=member, title="Mentors on the phone", state=PostState.DRAFT)
    InitiativeFactory(
        author=make_person("Olga Other", MembershipState.APPROVED),
        title="Welcome desk",
        state=PostState.SUBMITTED,
    )
    comment = CommentFactory(initiative=mine, author=staff, text="How long did it take, and who paid?")
    ReportFactory(initiative=mine, reporter=member)
    StageFactory(name_en="After retirement", name_fr="")
    Page.objects.filter(key="vision").update(confirmed_on="2020-01-01")
    page = Page.objects.get(key="contact")
    page.summary_en = page.summary_en + " Or come by."
    page.save()
    Message.objects.create(
        event="members.application_approved", address="b@example.org", language="en", state="unsure"
    )
    return {
        "member": member,
        "staff": staff,
        "applicant": applicant,
        "comment": comment,
        "page": page,
        None: None,
    }


PAGES = [
    ("splash", None, "/", "/"),
    ("home-public", None, "/en/", "/fr/"),
    ("home-member", "member", "/en/", "/fr/"),
    ("home-staff", "staff", "/en/", "/fr/"),
    ("home-applicant", "applicant", "/en/", "/fr/"),
    ("about", None, "/en/about/", "/fr/a-propos/"),
    ("overdue", "staff", "/en/about/vision/", "/fr/a-propos/vision/"),
    ("guidelines", None, "/en/about/guidelines/", "/fr/a-propos/lignes-directrices/"),
    ("glossary", None, "/en/about/glossary/", "/fr/a-propos/glossaire/"),
    ("search", "member", "/en/search/?q=nursing", "/fr/recherche/?q=infirmieres"),
    ("search-nothing", None, "/en/search/?q=qqzzqq", "/fr/recherche/?q=qqzzqq"),
    ("search-empty", None, "/en/search/", "/fr/recherche/"),
    ("queue", "staff", "/en/needs-you/", "/fr/a-traiter/"),
    ("ledger", "staff", "/admin/mail/message/", "/admin/mail/message/"),
    ("page-admin", "staff", "/admin/pages/page/", "/admin/pages/page/"),
]


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_fit_and_can_be_looked_at(shipped, portal, open_page, shoot, width):
    for name, who, *paths in PAGES:
        page = open_page(portal[who], width=width)
        for language, path in zip(("en", "fr"), paths, strict=True):
            if name == "queue":
                with translation.override(language):
                    path = reverse("portal:queue")
            page.goto(path)
            shoot(page, f"{name}-{language}-{width}")
            if not path.startswith("/admin/"):
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, language)
    staff = open_page(portal["staff"], width=width)
    staff.goto(f"/en/needs-you/translations/pages.page/{portal['page'].pk}/summary_fr/")
    shoot(staff, f"translation-en-{width}")
    staff.get_by_label("French text").fill("")
    press(staff.get_by_role("button", name="Save and next"))
    shoot(staff, f"translation-error-en-{width}")
    assert "Write the French text." in staff.content()


@pytest.mark.parametrize("js", [True, False])
def test_staff_translate_one_after_the_other(portal, open_page, js):
    page = open_page(portal["staff"], js=js)
    page.goto("/en/needs-you/")
    press(page.get_by_role("link", name="After retirement", exact=True))
    page.get_by_label("French text").fill("Après la retraite")
    press(page.get_by_role("button", name="Save and next"))
    page.get_by_role("heading", name="Write the French").wait_for()  # the next one: the changed page
    assert "summary_fr" in page.url
    press(page.get_by_role("button", name="No change needed"))
    page.get_by_role("heading", name="What needs you").wait_for()
    assert "No translation is missing" in page.content()


@pytest.mark.parametrize("js", [True, False])
def test_a_reader_chooses_a_language_and_keeps_it(portal, open_page, js):
    page = open_page(js=js)
    page.goto("/")
    press(page.get_by_role("link", name="Continuer en français"))
    press(page.get_by_role("link", name="Lignes directrices").first)
    press(page.get_by_role("link", name="English"))
    assert page.url.endswith("/en/about/guidelines/")
    page.goto("/")
    assert page.url.endswith("/en/")
