"""Staff at work: ten decisions within fourteen clicks; every page of the queue is axe-clean."""

from __future__ import annotations

import pytest

from iqn.mail.models import Message
from members.actions import applications
from members.choices import MembershipState
from members.models import MembershipApplication
from tests.browser.axe import problems
from tests.browser.journey import press
from tests.factories.members import ApplicationFactory, DeclineReasonFactory, UserFactory, make_person
from tests.factories.pages import ClauseFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ten_waiting() -> list[MembershipApplication]:
    names = [
        "Ana Alves",
        "Ben Brandt",
        "Chloé Côté",
        "Dina Dahl",
        "Eli Ek",
        "Fay Fong",
        "Gus Gill",
        "Hana Ho",
        "Ivo Ito",
        "Jo Juhl",
    ]
    return [
        ApplicationFactory(
            person=make_person(name), language="fr" if n % 3 == 2 else "en", organization__is_confirmed=n % 2 == 0,
            reason="I assess qualifications of nurses. " * (1 + n),
        )
        for n, name in enumerate(names)
    ]  # fmt: skip


@pytest.fixture
def staff(transactional_db):
    ClauseFactory(number="M1")
    ClauseFactory(number="M4", title_en="Licence", title_fr="Permis")
    DeclineReasonFactory(title_en="Outside the field", title_fr="Hors du domaine")
    DeclineReasonFactory(clause="M4", title_en="Seeks a licence", title_fr="Cherche un permis")
    return make_person("Sam Staff", staff=True)


class Clicks:
    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def __call__(self, locator) -> None:
        self.count += 1
        locator.click()

    def press(self, locator) -> None:
        self.count += 1
        press(locator)


def test_ten_decisions_take_at_most_fourteen_clicks(staff, open_page):
    rows = ten_waiting()
    page = open_page(staff)
    page.goto("/admin/members/membershipapplication/")
    click = Clicks(page)

    click(page.locator("#action-toggle"))
    for name in ("Ben Brandt", "Dina Dahl", "Gus Gill"):
        click(page.get_by_label(f"Select {name}"))
    click.press(page.get_by_role("button", name="Approve selected"))
    assert page.locator(".names li").count() == 7
    click.press(page.get_by_role("button", name="Approve and send"))
    assert page.locator(".messagelist li").all_inner_texts() == ["7 applications approved."]
    click.press(page.get_by_role("link", name="Decline Ben Brandt"))
    click(page.get_by_label("Outside the field"))
    click.press(page.get_by_role("button", name="Decline and send"))
    assert page.locator("h1").inner_text() == "Dina Dahl"  # the next one opens by itself
    click.press(page.get_by_role("link", name="Decline", exact=True))
    click(page.get_by_label("Seeks a licence"))
    click.press(page.get_by_role("button", name="Decline and send"))
    click.press(page.get_by_role("link", name="Ask", exact=True))
    page.get_by_label("Your question").fill("Where do you work?")
    click.press(page.get_by_role("button", name="Send the question"))

    assert click.count == 14
    states = dict(MembershipApplication.objects.values_list("person__name", "state"))
    assert [name for name, state in states.items() if state == MembershipState.DECLINED] == [
        "Ben Brandt",
        "Dina Dahl",
    ]
    assert [name for name, state in states.items() if state == MembershipState.NEEDS_INFORMATION] == [
        "Gus Gill"
    ]
    assert list(states.values()).count(MembershipState.APPROVED) == 7
    assert Message.objects.count() == len(rows)


def test_without_a_script_all_can_be_ticked_too(staff, open_page):
    ten_waiting()
    page = open_page(staff, js=False)
    page.goto("/admin/members/membershipapplication/")

    press(page.get_by_role("link", name="Select all"))
    press(page.get_by_role("button", name="Approve selected"))
    for box in page.locator(".names input").all()[:3]:
        box.uncheck()
    press(page.get_by_role("button", name="Approve and send"))

    assert page.locator(".messagelist li").all_inner_texts() == ["7 applications approved."]
    assert MembershipApplication.objects.filter(state=MembershipState.APPROVED).count() == 7


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_the_queue_are_axe_clean(staff, open_page, shoot, language, width):
    staff.language = language
    staff.save()
    rows = ten_waiting()
    make_person("Ben Brandt Senior", MembershipState.APPROVED)
    make_person("Mia Member", MembershipState.APPROVED, organization=rows[0].organization)
    UserFactory._meta.model.objects.filter(person=rows[2].person).update(email="chloe@gmail.com")
    applications.ask(application=rows[9], by=staff, text="Where do you work, please?")
    applications.answer(application=rows[9], by=rows[9].person, text="At the college,\n\nsince 2020.")
    applications.add_note(application=rows[9], by=staff, text="Seems fine.")
    applications.approve(application=rows[8], by=staff)
    applications.decline(
        application=rows[7], by=staff, reason=DeclineReasonFactory._meta.model.objects.first()
    )
    again = ApplicationFactory(
        person=rows[7].person, previous=rows[7], reference_name="Rita", reference_email="r@example.org"
    )
    applications.confirm_reference(application=again)
    page = open_page(staff, width=width)
    base = "/admin/members/membershipapplication"
    found = {}

    def look(name: str) -> None:
        shoot(page, f"admin-{name}-{language}-{width}")
        if broken := problems(page):
            found[name] = broken

    for name, path in {
        "queue": "/", "decided": "/?whose=decided", "empty": "/?q=zzz", "application": f"/{rows[9].pk}/change/",
        "approve": f"/{rows[1].pk}/approve/", "ask": f"/{rows[1].pk}/ask/", "decline": f"/{rows[2].pk}/decline/",
        "reverse": f"/{rows[8].pk}/reverse/", "again": f"/{again.pk}/change/", "declined": f"/{rows[7].pk}/change/",
    }.items():  # fmt: skip
        page.goto(base + path)
        look(name)
    for name in ("ask", "decline"):
        page.goto(f"{base}/{rows[2].pk}/{name}/")
        press(page.locator("form .button.default"))
        look(f"{name}-error")
    for position, name in enumerate(("bulk-approve", "bulk-decline")):
        page.goto(base + "/")
        page.locator("#action-toggle").click()
        press(page.locator(f"button[name=index][value='{position}']"))
        look(name)
    page.goto("/admin/members/declinereason/")
    look("reasons")
    page.goto(f"/admin/members/declinereason/{DeclineReasonFactory._meta.model.objects.first().pk}/change/")
    look("reason")

    assert found == {}
