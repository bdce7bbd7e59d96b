"""Pages of hand-overs, imports, conflicts and attendance as they are seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.browser.axe import problems
from tests.browser.journey import press
from tests.factories.workgroups import ActionItemFactory, AgendaItemFactory, MeetingFactory, make_term
from tests.workgroups.outcome_scene import address, circulate, fill
from tests.workgroups.test_past_import import FILE
from workgroups.meetings.actions import agenda
from workgroups.meetings.models import Attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(table):
    fill(table)
    circulate(table)
    for n in range(1, 6):
        earlier = MeetingFactory(
            group=table.group, starts_at=timezone.now() - timedelta(days=90 * n + 80), sequence=n + 5,
            outcome_state="circulated",
        )  # fmt: skip
        for person in (table.roster, table.alternate, table.secretary):
            Attendance.objects.create(
                meeting=earlier, person=person, name=person.name, organization_name="College of Somewhere",
                presence=("in_person", "online", "absent")[n % 3],
            )  # fmt: skip
    seat = table.roster.terms.get().seat
    make_term(table.group, "Nora Next", seat=seat, since=timezone.localdate())
    ActionItemFactory(meeting=table.held, follower=table.roster, seat=seat)
    return table


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(scene, open_page, shoot, language):
    with translation.override(language):
        paths = {
            "handover": reverse("groups:term-handover", args=["nursing", scene.roster.terms.get().pk]),
            "history": reverse("groups:history", args=["nursing"]),
            "import": reverse("meetings:past-import", args=["nursing"]),
            "attendance": reverse("meetings:attendance-list", args=["nursing"]),
            "outcomes": address("outcome-detail", scene.held),
            "actions": reverse("meetings:action-list", args=["nursing"]),
            "meetings": reverse("meetings:list", args=["nursing"]),
            "record": address("outcome-record", scene.held),
            "search": reverse("portal:search") + "?q=heronword",
        }
    found = {}
    for width in (1280, 390):
        page = open_page(scene.staff, width=width)
        for name, path in paths.items():
            assert page.goto(path).status == 200, path
            if wrong := problems(page):
                found[name, width] = wrong
            shoot(page, f"threads-{name}-{language}-{width}")
        page.goto(paths["import"])
        page.locator("textarea[name=text]").fill(FILE.replace("Online", "by pigeon"))
        press(page.locator("button[value=check]"))
        if wrong := problems(page):
            found["dry run", width] = wrong
        shoot(page, f"threads-dry-run-{language}-{width}")

    assert found == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_edit_one_item(scene, open_page, shoot, language):
    item = AgendaItemFactory(meeting=scene.meeting, title="First", description="What we wrote")
    with translation.override(language):
        path = reverse("meetings:item-edit", args=["nursing", scene.meeting.identifier, item.pk])
    for width in (1280, 390):
        item.refresh_from_db()
        page = open_page(scene.co_chair, width=width, js=False)
        page.goto(path)
        page.locator("[name=title]").fill(f"Mine {width}")
        agenda.edit_item(
            item=item,
            version=item.version,
            by=scene.secretary,
            title=f"Theirs {width}",
            description="What they wrote",
        )
        press(page.locator("main form button.btn"))
        assert page.locator(".conflict").count() >= 1
        shoot(page, f"threads-conflict-{language}-{width}")
        press(page.locator("main form button.btn"))
        item.refresh_from_db()
        assert item.title == f"Mine {width}"


def test_actions_are_handed_on_without_a_script(scene, open_page):
    page = open_page(scene.co_chair, js=False)
    page.goto(reverse("groups:term-handover", args=["nursing", scene.roster.terms.get().pk]))
    page.locator(f"select[name=a{scene.action.pk}]").select_option("seat")
    press(page.get_by_role("button", name="Hand the actions on"))

    scene.action.refresh_from_db()
    assert scene.action.follower.name == "Nora Next"
