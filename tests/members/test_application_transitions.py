"""The table of states and events, row by row: every pair is either done or refused, by the right people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from iqn.history.models import Event as Happened
from iqn.mail.models import Message
from members import transitions
from members.actions import applications
from members.choices import MembershipState
from members.errors import MembershipError
from members.models import MembershipApplication
from members.transitions import Actor, Event
from tests.factories.members import DeclineReasonFactory, PersonFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.reference import JurisdictionFactory, StakeholderTypeFactory

STATES = [None, *MembershipState]
PAIRS = [(state, event) for state in STATES for event in Event]


def _do(event: Event, person, by):
    latest = MembershipApplication.objects.latest_of(person)
    if event == Event.APPLY:
        return applications.apply(
            by=by, organization_name="New College", organization_kind=StakeholderTypeFactory(), role_title="Registrar",
            occupation=None, jurisdiction=JurisdictionFactory(), reason="We assess.", language="fr",
        )  # fmt: skip
    if event == Event.LEAVE:
        return applications.leave(person=person, by=by)
    if latest is None:
        # Nothing exists that the other steps could be asked about
        return transitions.transition(None, event)
    more = {
        Event.ASK: {"text": "Where do you work?"},
        Event.ANSWER: {"text": "At the college."},
        Event.DECLINE: {"reason": DeclineReasonFactory()},
    }.get(event, {})
    return getattr(applications, event.value)(application=latest, by=by, **more)


@pytest.mark.parametrize(("state", "event"), PAIRS, ids=lambda value: str(getattr(value, "value", value)))
def test_every_pair(db, state, event):
    ClauseFactory()
    staff = make_person("Sam Staff", staff=True)
    person = make_person("Ada Applicant", state)
    row = transitions.TABLE.get((state, event))
    by = staff if row and row.who == Actor.STAFF else person

    if row is None:
        with pytest.raises(MembershipError):
            _do(
                event,
                person,
                staff if event in (Event.ASK, Event.APPROVE, Event.DECLINE, Event.REVERSE) else person,
            )
        latest = MembershipApplication.objects.latest_of(person)
        assert (latest.state if latest else None) == state
        assert not Message.objects.exists()
        assert not Happened.objects.exists()
        return

    application = _do(event, person, by)

    assert MembershipApplication.objects.latest_of(person) == application
    assert application.state == row.to
    assert application.changes == 1
    assert Happened.objects.about(application).count() == 1
    sent = list(Message.objects.values_list("event", "once", "address"))
    if event == Event.LEAVE:
        assert sent == []  # the letter tells what becomes of posts: the page for leaving queues it
    else:
        assert sent == [(row.letter, f"application:{application.pk}:1", "ada.applicant@example.org")]


@pytest.mark.parametrize(("state", "event"), [p for p in transitions.TABLE if p[1] != Event.APPLY])
def test_only_the_one_the_table_names_may_do_it(db, state, event):
    ClauseFactory()
    staff = make_person("Sam Staff", staff=True)
    person = make_person("Ada Applicant", state)
    wrong = person if transitions.TABLE[state, event].who == Actor.STAFF else staff

    with pytest.raises(MembershipError, match="This step is for somebody else"):
        _do(event, person, wrong)

    assert MembershipApplication.objects.latest_of(person).state == state
    assert not Message.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_says_who_acts_next_in_both_languages(state, language):
    step = transitions.NEXT_STEPS[state]
    english = (str(step.to_applicant), str(step.to_staff))

    with translation.override(language):
        here = (str(step.to_applicant), str(step.to_staff))

    assert all(here)
    assert (here == english) == (language == "en")


def test_no_state_without_a_next_step():
    assert set(transitions.NEXT_STEPS) == set(STATES)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (MembershipState.APPLIED, date(2026, 3, 13)),  # five working days after a Friday
        (MembershipState.NEEDS_INFORMATION, date(2027, 3, 6)),
        (MembershipState.APPROVED, None),
        (MembershipState.DECLINED, None),
        (MembershipState.LEFT, None),
    ],
)
def test_by_when(state, expected):
    assert transitions.act_by(state, datetime(2026, 3, 6, 15, tzinfo=UTC)) == expected


def test_leaving_without_an_application_is_refused(db):
    person = PersonFactory()

    with pytest.raises(MembershipError, match="not applied yet"):
        applications.leave(person=person, by=person)
