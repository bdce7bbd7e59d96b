"""Preparing the quarter, answering and proposing: short ways, in both languages, with and without scripts."""

from __future__ import annotations

import pytest

from tests.browser.axe import problems
from tests.browser.journey import Traveller, path_in
from tests.world import make_table
from workgroups.meetings.actions import invitations
from workgroups.meetings.models import InvitationAnswer, Meeting, Proposal

VARIANTS = pytest.mark.parametrize(
    ("language", "js"), [("en", True), ("fr", False)], ids=["en-script", "fr-plain"]
)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), VARIANTS]


@pytest.fixture
def scene(transactional_db, language):
    table = make_table()
    for person in table.people.values():
        person.language = language
        person.save(update_fields=["language"])
    return table


@pytest.fixture
def on_the_way(scene, open_page, shoot, language, js):
    count = iter(range(100))

    def traveller(person=None) -> Traveller:
        def look(arrived) -> None:
            shoot(arrived.page, f"meetings-{language}-{next(count):02}")
            if js:
                assert problems(arrived.page) == []

        return Traveller(open_page(person, js=js, locale=f"{language}-CA"), language, look=look)

    return traveller


def base(language: str) -> str:
    return {"en": "/en/work-groups/nursing", "fr": "/fr/groupes-de-travail/nursing"}[language]


def meetings_path(language: str) -> str:
    return base(language) + {"en": "/meetings/", "fr": "/reunions/"}[language]


def test_preparing_the_quarter(scene, on_the_way, deliver, language):
    chair = on_the_way(scene.co_chair)
    chair.open(meetings_path(language))

    with chair.leg("Prepare the quarter", pages=2, clicks=3):
        chair.press(chair.link("Schedule the next meeting"))
        chair.tick(chair.page.locator("#id_invite_now"))
        chair.press(chair.button("Schedule the meeting"))

    assert chair.is_told("The meeting is scheduled and the roster is invited.")
    meeting = Meeting.objects.latest("pk")
    assert meeting.items.count() == 2
    letters = deliver()
    assert len(letters) == 5
    chair.open(meeting.get_absolute_url() if language == "en" else chair.page.url)
    chair.press(chair.link("Edit the agenda"))
    assert chair.heading() == chair.say("Agenda")


def test_answering_from_the_letter(scene, on_the_way, deliver, language):
    invitations.invite_roster(meeting=scene.meeting, by=scene.co_chair)
    letter = next(letter for letter in deliver() if letter.to == ["rosa.roster@example.org"])
    person = on_the_way()
    person.clicks = 1  # on the link in the letter
    person.open(path_in(letter, {"en": "/answer/", "fr": "/reponse/"}[language]) + "?answer=regrets")
    assert InvitationAnswer.objects.count() == 0

    with person.leg("Answer the invitation", pages=1, clicks=1):
        person.press(person.button("Send the answer"))

    assert person.is_told("Thank you: your answer is noted. You can change it until the meeting.")
    assert InvitationAnswer.objects.get().answer == "regrets"
    assert person.clicks == 2


def test_proposing(scene, on_the_way, language):
    member = on_the_way(scene.roster)
    member.open(base(language) + {"en": "/proposals/", "fr": "/propositions/"}[language])

    with member.leg("Propose an item", pages=2, clicks=3):
        member.press(member.link("Propose an item"))
        member.field("Item").fill("Language tests")
        member.field("Why, and what the meeting should do").fill("They cost too much.")
        member.press(member.button("Send the proposal"))

    assert Proposal.objects.get().proposer == scene.roster
    assert member.page.get_by_role("heading", name="Language tests").is_visible()
