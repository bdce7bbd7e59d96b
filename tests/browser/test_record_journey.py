"""A meeting is recorded and circulated within two pages; action and report-back take two pages from the letter."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.axe import problems
from tests.browser.journey import Traveller, path_in
from tests.factories.workgroups import AgendaItemFactory, make_term
from tests.world import make_table
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import ActionItem, Attendance, Decision, ReportBack

VARIANTS = pytest.mark.parametrize(
    ("language", "js"), [("en", True), ("fr", False)], ids=["en-script", "fr-plain"]
)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), VARIANTS]


@pytest.fixture
def table(transactional_db):
    scene = make_table()
    for number in range(2, 7):
        AgendaItemFactory(meeting=scene.held, position=number, title=f"Item {number}")
    for number in range(6):
        make_term(scene.group, f"Pat Person{number}")
    return scene


def sound(page, js: bool) -> list[str]:
    """What axe finds. It is a script itself: on a page without scripts its promise would never be kept."""
    return problems(page) if js else []


def test_recorded_and_circulated_within_two_pages(table, open_page, shoot, language, js, deliver):
    held = table.held
    held.decisions.all().delete()
    held.action_items.all().delete()
    with translation.override(language):
        address = reverse("meetings:outcome-record", args=["nursing", held.identifier])
    chair = Traveller(open_page(table.co_chair, js=js, locale=f"{language}-CA"), language)
    page = chair.page
    chair.open(address)
    items = list(held.items.all())

    with chair.leg("Recording a meeting", pages=2, clicks=30):
        for person in _people(table)[:12]:
            chair.tick(page.locator(f"input[name=p{person.pk}-presence][value=in_person]"))
        for number, item in enumerate(items):
            page.locator(f"[name=i{item.pk}-note]").fill(f"Said {number}")
        for item in items[:4]:
            page.locator(f"[name=i{item.pk}d0-text]").fill("Decided")
        for item in items[:5]:
            page.locator(f"[name=i{item.pk}a0-text]").fill("To do")
            page.locator(f"[name=i{item.pk}a0-follower]").select_option(str(table.roster.pk))
        chair.press(chair.button("Save all and see the preview"))
        shoot(page, f"record-preview-{language}")
        chair.press(chair.button("Circulate"))

    held.refresh_from_db()
    assert held.outcome_state == OutcomeState.CIRCULATED
    assert (Decision.objects.count(), ActionItem.objects.count()) == (4, 5)
    assert Attendance.objects.filter(presence="in_person").count() == 12
    assert chair.is_told("The outcomes are circulated. Everybody on the roster gets a letter.")
    letter = next(each for each in deliver() if each.to == [table.roster.user.email])
    _from_the_letter(letter, open_page, js, language)


def _people(table):
    return [term.person for seat in table.group.seats.order_by("pk") for term in seat.terms.order_by("pk")]


def _from_the_letter(letter, open_page, js, language) -> None:
    reader = Traveller(
        open_page(js=js, locale=f"{language}-CA"), "en"
    )  # letters are in the person's language
    with reader.leg("Reporting back", pages=2, clicks=2):
        reader.open(path_in(letter, "/report-back/"))
        assert sound(reader.page, js) == []
        reader.press(reader.page.locator("main form button"))
    assert ReportBack.objects.exclude(reported_at=None).count() == 1
    with reader.leg("Done from the letter", pages=2, clicks=2):
        reader.open(path_in(letter, "/actions/answer/"))
        assert sound(reader.page, js) == []
        reader.press(reader.button("Mark as done"))
    assert ActionItem.objects.filter(state="done").count() == 1
