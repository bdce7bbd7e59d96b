"""Work groups as they are seen: pictures for the eye, axe, and the way of a co-chair without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.axe import problems
from tests.browser.journey import press, words
from tests.factories.reference import OccupationFactory, StakeholderTypeFactory
from tests.factories.workgroups import FunctionFactory, SeatFactory, TermsOfReferenceFactory, make_term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nursing(table):
    group = table.group
    group.occupations.add(
        OccupationFactory(slug="registered-nurse", name_en="Nurses", name_fr="Infirmières et infirmiers")
    )
    for place in range(3):
        group.functions.add(FunctionFactory(order=place))
    terms = TermsOfReferenceFactory(group=group)
    terms.expected_types.add(StakeholderTypeFactory(slug="union", name_en="Unions", name_fr="Syndicats"))
    TermsOfReferenceFactory(group=group, number=2, text_en="Six times a year.", text_fr="Six fois par an.")
    TermsOfReferenceFactory(group=group, number=3, adopted_on=None)
    SeatFactory(group=group, title="Nurse educated abroad", organization=None)
    return table


def _paths(table) -> dict[str, str]:
    term = table.roster.terms.get()
    plain = {
        name: reverse(f"groups:{name}", args=["nursing"])
        for name in (
            "detail", "edit", "status", "terms", "terms-compare", "terms-edit", "terms-adopt", "roster", "seat-add", "roster-import", "history",
        )
    }  # fmt: skip
    of_term = {
        name: reverse(f"groups:{name}", args=["nursing", term.pk])
        for name in ("term-end", "term-role", "term-handover", "term-invite")
    }
    return {
        "list": reverse("groups:list"), "mine": reverse("groups:mine"), **plain, **of_term,
        "term-begin": reverse("groups:term-begin", args=["nursing", term.seat.pk]),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(nursing, open_page, shoot, language):
    with translation.override(language):
        paths = _paths(nursing)
    found = {}
    for width in (1280, 320):
        page = open_page(nursing.staff, width=width)
        for name, path in paths.items():
            answer = page.goto(path)
            assert answer.status == 200, path
            if wrong := problems(page):
                found[name, width] = wrong
            shoot(page, f"group-{name}-{language}-{width}")

    assert found == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_seat_passes_on_without_a_script(nursing, open_page, language):
    say = words(language)
    successor = make_term(nursing.group, "Sia Successor").person
    page = open_page(nursing.co_chair, js=False)
    with translation.override(language):
        page.goto(reverse("groups:roster", args=["nursing"]))

    press(page.get_by_role("link").filter(has_text=say("End the term")).filter(has_text="Rosa Roster"))
    press(page.get_by_role("button", name=say("End the term")))
    assert page.get_by_role("heading", level=1).inner_text() == say("Hand over the seat")
    press(page.get_by_role("link", name=say("Seat somebody")))
    page.get_by_label(say("Somebody who is or was at this table")).select_option(label=successor.name)
    press(page.get_by_role("button", name=say("Save")))

    held = nursing.roster.terms.get().seat.terms.order_by("since")
    assert [term.person.name for term in held] == ["Rosa Roster", "Sia Successor"]
