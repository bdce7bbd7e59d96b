"""The life of a membership as one table: state × event → who does it, the next state, the letter that goes out.

A pair that is not in the table is refused. Re-applying makes a new row and leaves the earlier one as it is, so APPLY starts
from what the latest row says. Notes and confirmations by a referee change no state, so they are not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.choices import MembershipState
from members.errors import AlreadyApplied, NotPossibleNow

State = str | None  # a value of MembershipState; None: this person never applied


class Event(StrEnum):
    APPLY = "apply"
    ASK = "ask"
    ANSWER = "answer"
    APPROVE = "approve"
    DECLINE = "decline"
    REVERSE = "reverse"
    LEAVE = "leave"


class Actor(StrEnum):
    APPLICANT = "applicant"
    STAFF = "staff"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Transition:
    who: Actor
    to: MembershipState
    letter: str


APPLIED, ASKED = MembershipState.APPLIED, MembershipState.NEEDS_INFORMATION
APPROVED, DECLINED, LEFT = MembershipState.APPROVED, MembershipState.DECLINED, MembershipState.LEFT
APPLICANT, STAFF = Actor.APPLICANT, Actor.STAFF

_received = Transition(APPLICANT, APPLIED, "members.application_received")
_approved = Transition(STAFF, APPROVED, "members.application_approved")
_declined = Transition(STAFF, DECLINED, "members.application_declined")
_reversed = Transition(STAFF, APPLIED, "members.decision_reversed")
_left = Transition(APPLICANT, LEFT, "members.membership_left")

TABLE: dict[tuple[State, Event], Transition] = {
    (None, Event.APPLY): _received,
    (DECLINED, Event.APPLY): _received,
    (LEFT, Event.APPLY): _received,
    (APPLIED, Event.ASK): Transition(STAFF, ASKED, "members.application_question"),
    (ASKED, Event.ANSWER): Transition(APPLICANT, APPLIED, "members.application_answered"),
    (APPLIED, Event.APPROVE): _approved,
    (ASKED, Event.APPROVE): _approved,  # staff found out in another way
    (APPLIED, Event.DECLINE): _declined,
    (ASKED, Event.DECLINE): _declined,  # no answer came
    (APPROVED, Event.REVERSE): _reversed,  # within 24 hours
    (DECLINED, Event.REVERSE): _reversed,  # within 24 hours, unless the person has applied again
    (APPLIED, Event.LEAVE): _left,  # withdrawing an application
    (ASKED, Event.LEAVE): _left,
    (APPROVED, Event.LEAVE): _left,
}


def transition(state: State, event: Event) -> Transition:
    """The row of the table, or the error that says why there is none."""
    row = TABLE.get((state, event))
    if row is None:
        raise AlreadyApplied if event == Event.APPLY else NotPossibleNow(state=_label(state))
    return row


def is_possible(state: State, event: Event) -> bool:
    return (state, event) in TABLE


def _label(state: State) -> Promise | str:
    return MembershipState(state).label if state else _("not applied yet")


# --- Who acts next ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NextStep:
    """Who acts next, said to the applicant and said to staff."""

    who: Actor
    to_applicant: str | Promise
    to_staff: str | Promise


NEXT_STEPS: dict[State, NextStep] = {
    None: NextStep(
        Actor.APPLICANT,
        _("You act next: fill in the application, it is one page."),
        _("The person acts next: they have registered and not applied yet."),
    ),
    APPLIED: NextStep(
        Actor.STAFF,
        _("FCRO staff act next: they read your application, then decide or ask you a question."),
        _("Staff act next: approve, ask or decline."),
    ),
    ASKED: NextStep(
        Actor.APPLICANT,
        _("You act next: answer the question below, so that staff can go on."),
        _("The applicant acts next: a question is waiting for an answer."),
    ),
    APPROVED: NextStep(
        Actor.NOBODY,
        _("Nobody needs to act: you are a member."),
        _("Nobody needs to act: this person is a member."),
    ),
    DECLINED: NextStep(
        Actor.NOBODY,
        _("Nobody needs to act. You may apply again whenever you wish."),
        _("Nobody needs to act. The person may apply again."),
    ),
    LEFT: NextStep(
        Actor.NOBODY,
        _("Nobody needs to act. You may apply again whenever you wish."),
        _("Nobody needs to act. The person has left and may apply again."),
    ),
}

WORKING_DAYS_TO_DECIDE = 5  # the aim that the page about the administration of the network announces
DAYS_TO_ANSWER = 365  # then the application counts as abandoned and is removed


def act_by(state: State, since: datetime) -> date | None:
    """The day by which the next one should have acted; None where nobody needs to."""
    day = timezone.localtime(since).date()
    if state == APPLIED:
        return _working_days_after(day, WORKING_DAYS_TO_DECIDE)
    if state == ASKED:
        return day + timedelta(days=DAYS_TO_ANSWER)
    return None


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
