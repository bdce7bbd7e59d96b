"""Every address of groups and meetings, around one table, and whom GET lets in while its record is in some state."""

from __future__ import annotations

from types import SimpleNamespace

from django.urls import get_resolver, reverse
from django.utils import timezone

from iqn import links
from tests.factories.files import DocumentFactory
from tests.factories.workgroups import TermFactory, TermsOfReferenceFactory
from tests.world import TABLE
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.minutes import written_minutes
from workgroups.meetings.models import Proposal, ReportBack
from workgroups.meetings.outcome_letters import ACTION_LINK, REPORT_LINK

RUN = {"secretary", "co_chair", "staff"}
SIT = {*RUN, "roster", "alternate"}
TAKE_PART = SIT - {"staff"}
NETWORK = set(TABLE) - {"anonymous"}
STATES = (OutcomeState.DRAFT, OutcomeState.CIRCULATED, OutcomeState.APPROVED)
EVERYBODY = set(TABLE)


def allowed(who, answer=200, no=403) -> dict:
    found = {role: answer if role in who else no for role in TABLE}
    return {**found, "anonymous": answer if "anonymous" in who else ("sign-in" if no == 403 else no)}


def names_of(namespace: str) -> set[str]:
    """Every URL name of an app."""
    resolver = get_resolver().namespace_dict[namespace][1]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def lay_out(table, state: str) -> None:
    """The rows that addresses need beside those of the table, and the record in this state."""
    TermsOfReferenceFactory(group=table.group)
    TermsOfReferenceFactory(group=table.group, number=2, adopted_on=None)
    table.proposal = Proposal.objects.create(
        group=table.group, proposer=table.roster, title="An idea", text="Why."
    )
    table.term = table.roster.terms.select_related("seat").get()
    table.report = ReportBack.objects.create(meeting=table.held, seat=table.term.seat, person=table.roster)
    table.document = DocumentFactory(group=table.group, added_by=table.co_chair, visibility="roster")
    table.nobody = TermFactory(
        seat=table.term.seat, email="nobody@example.org", person__name="Nils Noaccount"
    )
    set_state(table, state)


def set_state(table, state: str) -> None:
    table.held.outcome_state = state
    if state == OutcomeState.APPROVED:
        table.held.frozen, table.held.approved_at = written_minutes(table.held), timezone.now()
    table.held.save()


def url_of(name: str, table: SimpleNamespace) -> str:
    """Of the record that was held, unless the name asks for something else."""
    args = _ARGS.get(name)
    if args is not None:
        return reverse(name, args=args(table))
    if name.startswith(("meetings:decision-d", "meetings:action-")):
        row = table.decision if "decision" in name else table.action
        return reverse(name, args=["nursing", row.identifier])
    if name.startswith("groups:") or name in _OF_GROUP:
        return reverse(name, args=["nursing"])
    return reverse(name, args=["nursing", table.held.identifier])


_OF_GROUP = {
    f"meetings:{name}"
    for name in (
        "list", "schedule", "not-needed", "past-import", "group-calendar", "proposal-list", "proposal-create",
        "decision-list", "decision-create", "action-list", "attendance-list",
    )
}  # fmt: skip
_ARGS = {
    "groups:list": lambda table: [],
    "groups:mine": lambda table: [],
    "groups:invitation-accept": lambda table: ["altered"],
    "groups:terms-version": lambda table: ["nursing", 1],
    **{
        f"groups:document-{name}": lambda table: ["nursing", table.document.identifier]
        for name in ("detail", "add-file", "edit", "withdraw")
    },
    "groups:document-download": lambda table: [
        "nursing", table.document.identifier, table.document.files.uploads.get().pk,
    ],
    "groups:term-begin": lambda table: ["nursing", table.term.seat.pk],
    "groups:term-invite": lambda table: ["nursing", table.nobody.pk],
    **{
        f"groups:term-{name}": lambda table: ["nursing", table.term.pk] for name in ("end", "role", "handover")
    },
    "meetings:seat-handover": lambda table: ["nursing", table.term.pk],
    "meetings:item-edit": lambda table: ["nursing", table.held.identifier, table.item.pk],
    "meetings:proposal-decide": lambda table: ["nursing", table.proposal.pk],
    "meetings:decision-list-all": lambda table: [],
    "meetings:action-list-all": lambda table: [],
    "meetings:action-list": lambda table: ["nursing"],
    "meetings:action-mine": lambda table: [],
    "meetings:cadence": lambda table: [],
    "meetings:reply": lambda table: [
        "nursing", table.meeting.identifier,
        links.token("meetings.answer", meeting=table.meeting.pk, person=table.roster.pk),
    ],
    "meetings:own-calendar": lambda table: [
        links.token(
            "meetings.own_calendar", user=table.roster.user.pk, key=table.roster.user.get_session_auth_hash()[:20]
        )
    ],
    "meetings:action-answer": lambda table: [
        links.token(ACTION_LINK, action=table.action.pk, person=table.roster.pk)
    ],
    "meetings:report-back-answer": lambda table: [
        links.token(REPORT_LINK, report=table.report.pk, person=table.roster.pk)
    ],
}  # fmt: skip
# Whoever holds one of these addresses is whom it was given to
KEYS = {
    "meetings:reply", "meetings:own-calendar", "meetings:action-answer", "meetings:report-back-answer",
    "groups:invitation-accept",
}  # fmt: skip


def expected(state: str) -> dict[str, dict]:
    """What GET answers: 302 leads elsewhere, because the step is not possible in this state."""
    record = 302 if state == OutcomeState.APPROVED else 200
    own_action = {**allowed({*RUN, "roster"}, no=404), "alternate": 403, "anonymous": "sign-in"}
    return {
        **{f"groups:{name}": found for name, found in _groups().items()},
        **{f"meetings:{name}": found for name, found in _meetings().items()},
        "meetings:outcome-record": allowed(RUN, record),
        "meetings:outcome-sheet": allowed(RUN),
        "meetings:outcome-detail": allowed(TABLE),
        "meetings:outcome-circulate": allowed(RUN, 200 if state == OutcomeState.DRAFT else 302),
        "meetings:outcome-approve": allowed(RUN, 200 if state == OutcomeState.CIRCULATED else 302),
        "meetings:correction-create": allowed(RUN, 200 if state == OutcomeState.APPROVED else 302),
        "meetings:attendance-claim": allowed(TAKE_PART, 302),  # 14 days are over
        "meetings:decision-detail": allowed(SIT if state == OutcomeState.DRAFT else TABLE, no=404),
        "meetings:action-detail": allowed(SIT, no=404),
        "meetings:action-finish": own_action,
        "meetings:action-postpone": own_action,
        "meetings:attendance-list": allowed(SIT),
        "meetings:decision-create": allowed(RUN),
        "meetings:decision-list": allowed(TABLE),
        "meetings:decision-list-all": allowed(TABLE),
        "meetings:action-list": allowed(TABLE),
        "meetings:action-list-all": allowed({"staff"}),
        "meetings:action-mine": allowed(NETWORK),
    }


def _groups() -> dict[str, dict]:
    everybody = ("list", "detail", "terms", "terms-version", "terms-compare", "roster", "document-list")
    changing = {**allowed(RUN, no=404), "roster": 403, "alternate": 403, "anonymous": "sign-in"}
    running = (
        "edit", "status", "terms-edit", "terms-adopt", "seat-add", "term-begin", "term-end", "term-role", "term-invite",
        "announcement-create",
    )  # fmt: skip
    return {
        **{name: allowed(EVERYBODY) for name in everybody},
        **{name: allowed(RUN) for name in running},
        **{f"document-{name}": changing for name in ("add-file", "edit", "withdraw")},
        "document-detail": allowed(SIT, no=404),
        "document-download": allowed(SIT, no=404),
        "document-create": allowed(SIT),
        "announcement-list": allowed(SIT),
        "mine": allowed(NETWORK),
        "history": allowed(NETWORK),
        "roster-import": allowed({"staff"}),
        "term-handover": allowed({*RUN, "roster"}),
        "invitation-accept": allowed(set(), no=404),
    }


def _meetings() -> dict[str, dict]:
    everybody = (
        "list", "detail", "group-calendar", "own-calendar", "reply", "action-answer", "report-back-answer",
    )  # fmt: skip
    running = ("edit", "move", "cancel", "agenda", "item-edit", "schedule", "not-needed")
    return {
        **{name: allowed(EVERYBODY) for name in everybody},
        **{name: allowed(RUN) for name in running},
        "invite": allowed(RUN, 302),  # the meeting is over
        "tell": allowed(RUN, 302),
        "answer": allowed(TAKE_PART, 410),
        "seat-handover": allowed(RUN, 302),
        "past-import": allowed({"staff"}),
        "cadence": allowed(NETWORK),
        "proposal-list": allowed(SIT),
        "proposal-create": allowed(TAKE_PART),
        "proposal-decide": {
            **allowed(RUN, no=404), "roster": 403, "alternate": 403, "anonymous": "sign-in",
        },
    }  # fmt: skip


def expected_before() -> dict[str, dict]:
    """The same for a meeting that is still to come."""
    found = {
        name: allowed(RUN)
        for name in ("edit", "move", "cancel", "agenda", "invite", "outcome-record", "outcome-sheet")
    }
    return {
        **found,
        "detail": allowed(EVERYBODY),
        "tell": allowed(RUN, 302),
        "answer": allowed(TAKE_PART),
        "outcome-detail": allowed(EVERYBODY),
        "outcome-circulate": allowed(RUN),
        "outcome-approve": allowed(RUN, 302),
        "correction-create": allowed(RUN, 302),
        "attendance-claim": allowed(TAKE_PART, 302),
    }
