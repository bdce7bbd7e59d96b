"""Every page of a work group as those at its table see it, in every state of its record; the same pages of a group that
has nothing yet; and what letters lead to when it is too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import time_machine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from iqn import links
from iqn.mail import preferences
from members.actions import applications
from members.choices import REFERENCE_LINK, MembershipState
from tests.factories.members import DeclineReasonFactory, PersonFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.workgroups import AgendaItemFactory, SeatFactory, TermFactory
from tests.site.states import State, looked_at, page_states
from tests.site.undoing import undone
from tests.workgroups.outcome_scene import fill
from tests.workgroups.table_addresses import STATES, expected, expected_before, lay_out, set_state, url_of
from workgroups.groups.actions import announcements, invitations
from workgroups.groups.choices import INVITATION_LINK
from workgroups.meetings.actions import action_items, meetings, report_backs
from workgroups.meetings.actions.invitations import ANSWER_LINK
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.outcome_letters import ACTION_LINK, REPORT_LINK

AT_THE_TABLE = ("co_chair", "roster")
# What a group's pages show besides those that belong to its record
AROUND = ("portal:home", "members:account", "portal:letters", "portal:search")
OF_THE_RECORD = (
    "outcome-",
    "decision-",
    "action-",
    "attendance-",
    "correction-",
    "report-back",
    "detail",
    "list",
)


def prepare(table) -> None:
    """Something of everything: notes, decisions and actions for each kind of reader, papers, announcements."""
    fill(table)
    lay_out(table, OutcomeState.DRAFT)
    AgendaItemFactory(meeting=table.meeting, title="Plan for the year").papers.set([table.document])
    announcements.announce(
        by=table.co_chair, group=table.group, subject="An hour later", text="* Same link\n* Same agenda", language="en",
    )  # fmt: skip
    ClauseFactory()
    table.application = make_person("Ada Applicant", MembershipState.APPLIED).applications.get()
    table.newcomer = make_person("Nora Newcomer", MembershipState.APPROVED)
    stranger = PersonFactory(user=None, name="Stella Stranger")
    seated = TermFactory(seat=SeatFactory(group=table.group), person=stranger, email="stella@example.org")
    table.invitation = invitations.invite(by=table.co_chair, term=seated)


def table_states(table, sign_in, language: str) -> Iterator[State]:
    clients = {role: sign_in(table.people[role]) for role in AT_THE_TABLE}
    for state in STATES:
        with undone():
            set_state(table, state)
            for name in expected(state):
                is_touched = state == OutcomeState.DRAFT or name.startswith(
                    tuple(f"meetings:{part}" for part in OF_THE_RECORD)
                )
                for role in AT_THE_TABLE if is_touched else ():
                    label = f"{name} as {role}, {state} ({language})"
                    with translation.override(language):
                        path = url_of(name, table)
                    yield from page_states(clients[role], path, label)
    set_state(table, OutcomeState.DRAFT)
    for role, client in clients.items():
        yield from _of_the_meeting_to_come(table, client, role, language)
        for name in AROUND:
            with translation.override(language):
                path = reverse(name) + ("?q=heronword" if name == "portal:search" else "")
            yield from page_states(client, path, f"{name} as {role} ({language})")


def _of_the_meeting_to_come(table, client, role: str, language: str) -> Iterator[State]:
    for name in expected_before():
        with translation.override(language):
            path = reverse(f"meetings:{name}", args=["nursing", table.meeting.identifier])
        yield from page_states(client, path, f"{name} before as {role} ({language})")


def bare_states(table, sign_in, language: str) -> Iterator[State]:
    """The pages of a group in which nothing has happened, for the one who has to begin."""
    client = sign_in(table.other_co_chair)
    for name in expected(OutcomeState.DRAFT):
        with translation.override(language):
            try:
                path = reverse(name, args=["law"])
            except NoReverseMatch:
                continue
        yield from page_states(client, path, f"{name} of a bare group ({language})")


def letter_states(table, sign_in, language: str) -> Iterator[State]:
    """What stands behind the links of letters: in time, too late, and after somebody else was first."""
    now = timezone.now()
    application, newcomer, invitation = table.application, table.newcomer, table.invitation
    values = {
        "members:reference-confirm": (REFERENCE_LINK, {"application": application.pk}),
        "meetings:action-answer": (ACTION_LINK, {"action": table.action.pk, "person": table.roster.pk}),
        "meetings:report-back-answer": (REPORT_LINK, {"report": table.report.pk, "person": table.roster.pk}),
        "groups:invitation-accept": (INVITATION_LINK, {"invitation": invitation.pk}),
        "meetings:reply": (ANSWER_LINK, {"meeting": table.meeting.pk, "person": table.roster.pk}),
        "portal:letters-by-link": (preferences.LINK, {"person": table.roster.pk}),
    }  # fmt: skip

    def look(name: str, when: str, *, person=None, sent_at=now, data=None) -> Iterator[State]:
        scope, signed = values[name]
        with time_machine.travel(sent_at, tick=False):
            token = links.token(scope, **signed)
        args = {"token": token}
        if name == "meetings:reply":
            args |= {"slug": "nursing", "identifier": table.meeting.identifier}
        with translation.override(language):
            path = reverse(name, kwargs=args)
        yield from page_states(sign_in(person), path, f"{name} {when} ({language})", data)

    for name in values:
        yield from look(name, "in time")
        yield from look(name, "too late", sent_at=now - timedelta(days=1500))
    yield from look("groups:invitation-accept", "signed in", person=newcomer)
    yield from look("meetings:action-answer", "badly answered", data={"do": "postpone", "due": "someday"})
    with undone():
        application.reference_confirmed_at = now
        application.save()
        yield from look("members:reference-confirm", "confirmed")
    with undone():
        applications.decline(application=application, by=table.staff, reason=DeclineReasonFactory())
        yield from look("members:reference-confirm", "decided", data={"sure": "yes"})
    with undone():
        action_items.hand_over(action=table.action, to=table.secretary, by=table.co_chair)
        yield from look("meetings:action-answer", "handed on")
    with undone():
        action_items.finish(action=table.action, by=table.roster)
        yield from look("meetings:action-answer", "done")
    with undone():
        report_backs.report(report_back=table.report, answer="We told them.", by=table.roster)
        yield from look("meetings:report-back-answer", "reported")
    with undone():
        table.roster.terms.update(until=timezone.localdate() - timedelta(days=1))
        yield from look("meetings:report-back-answer", "left")
        yield from look("meetings:reply", "left")
    with undone():
        meetings.cancel_meeting(meeting=table.meeting, reason="A storm.", language="en", by=table.co_chair)
        yield from look("meetings:reply", "cancelled")
        yield from looked_at(
            f"a cancelled meeting ({language})", table.meeting.get_absolute_url(), sign_in(table.co_chair).get(table.meeting.get_absolute_url()),
        )  # fmt: skip
    with undone():
        invitations.accept(by=newcomer, invitation=invitation)
        yield from look("groups:invitation-accept", "accepted")
