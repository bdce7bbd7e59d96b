"""The cadence board and the home of co-chairs as they are seen: pictures for the eye, and axe."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.browser.axe import problems
from tests.factories.reference import StakeholderTypeFactory
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    GroupFactory,
    MeetingFactory,
    SeatFactory,
    TermsOfReferenceFactory,
    make_term,
)
from workgroups.meetings.cadence import last_quarters
from workgroups.meetings.models import Attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = (
    ("Dental technology", "Technologie dentaire"), ("Engineering", "Génie"), ("Medical laboratory technology", "Laboratoire médical"),
)  # fmt: skip


@pytest.fixture
def busy(table):
    """Somebody who co-chairs every work group, with two years behind them."""
    make_term(table.group, "", "co_chair", person=table.co_chair, seat=SeatFactory(group=None))
    SeatFactory(group=table.group)
    terms = TermsOfReferenceFactory(group=table.group, quorum="voices", quorum_count=2)
    terms.expected_types.set(
        [
            StakeholderTypeFactory(name_en="Employers", name_fr="Employeurs"),
            table.roster.terms.get().seat.stakeholder_type,
        ]
    )
    Attendance.objects.create(
        meeting=table.held, person=table.roster, name="Rosa Roster", role="member", presence="online",
        stakeholder_type=table.roster.terms.get().seat.stakeholder_type,
    )  # fmt: skip
    ActionItemFactory(meeting=table.held, due=timezone.localdate() - timedelta(days=9))
    for number, (english, french) in enumerate(NAMES):
        group = GroupFactory(name_en=english, name_fr=french, order=number)
        for quarter in last_quarters(timezone.localdate())[:-1]:
            begins = timezone.now() - timedelta(days=30)
            at = {"year": quarter.year, "quarter": quarter.number, "group": group}
            match (quarter.count + number) % 4:
                case 0:
                    reason = "All actions were done, and nobody proposed an item before the summer."
                    MeetingFactory(
                        **at, state="not_needed", state_reason=reason, starts_at=None, ends_at=None
                    )
                case 1:
                    MeetingFactory(**at, starts_at=begins, state="cancelled", state_reason="A storm.")
                case 2:
                    MeetingFactory(
                        **at, starts_at=begins, outcome_state="circulated", circulated_at=timezone.now()
                    )
                case 3 if number:
                    MeetingFactory(**at, starts_at=begins)
        AgendaItemFactory(meeting=MeetingFactory(group=group, sequence=2))
    return table


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(busy, open_page, shoot, language):
    with translation.override(language):
        paths = {
            "cadence": reverse("meetings:cadence"), "home": reverse("portal:home"), "letters": reverse("portal:letters"),
            "decisions": reverse("meetings:decision-list-all"), "mine": reverse("groups:mine"), "list": reverse("groups:list"),
        }  # fmt: skip
    found = {}
    for width in (1280, 390, 320):
        page = open_page(busy.co_chair, width=width)
        for name, path in paths.items():
            assert page.goto(path).status == 200
            if wrong := problems(page):
                found[name, width] = wrong
            shoot(page, f"{name}-{language}-{width}")

    assert found == {}
