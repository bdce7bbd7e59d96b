"""Who is told about outcomes and actions, and in which words."""

from __future__ import annotations

from datetime import timedelta

from iqn import links
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from workgroups.groups.models import Term
from workgroups.meetings.briefs import brief_of
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import ActionItem, Meeting, ReportBack

ACTION_LINK, REPORT_LINK = "meetings.action", "meetings.report_back"
LINKS_LAST = timedelta(days=120)  # a quarter, and what comes after it


def register() -> None:
    events.register("meetings.outcomes_circulated", _outcomes_letter)


def outcomes_circulated(meeting: Meeting, reports: list[ReportBack]) -> None:
    """One letter for each person of today's roster; who holds a seat finds the brief for the organization in it."""
    own = {report.person_id: report.pk for report in reports}
    told: set[int] = set()
    for term in Term.objects.at_the_table_of(meeting.group).current().for_roster():
        if term.person_id in told or not term.address:
            continue
        told.add(term.person_id)
        sending.queue(
            "meetings.outcomes_circulated", to=term.person, address=term.address, language=term.person.language,
            params={"meeting": meeting.pk, "report": own.get(term.person_id)},
            once=f"meeting:{meeting.pk}:circulated:{term.person_id}",
        )  # fmt: skip


def action_url(action: ActionItem, person, language: str) -> str:
    signed = links.token(ACTION_LINK, action=action.pk, person=person.pk)
    return links.absolute("meetings:action-answer", language, token=signed)


def report_url(report_back: ReportBack, language: str) -> str:
    signed = links.token(REPORT_LINK, report=report_back.pk, person=report_back.person_id)
    return links.absolute("meetings:report-back-answer", language, token=signed)


def _outcomes_letter(message: Message) -> Letter | None:
    """Dropped where the recipient left the table, or the outcomes are a draft again."""
    meeting = Meeting.objects.select_related("group").filter(pk=message.params["meeting"]).first()
    if meeting is None or meeting.outcome_state not in (OutcomeState.CIRCULATED, OutcomeState.APPROVED):
        return None
    if not Term.objects.at_the_table_of(meeting.group).current().of(message.recipient).exists():
        return None
    rows = ReportBack.objects.select_related("meeting__group", "seat__organization", "seat__stakeholder_type")
    report_back = rows.filter(pk=message.params.get("report"), person=message.recipient).first()
    own = (
        ActionItem.objects.open().filter(meeting=meeting, follower=message.recipient).select_related("group")
    )
    language = message.language
    context = {
        "name": message.recipient.name,
        "meeting": meeting,
        "group": meeting.group,
        "url": links.absolute(
            "meetings:outcome-detail", language, slug=meeting.group.slug, identifier=meeting.identifier
        ),
        "own_actions": [(action, action_url(action, message.recipient, language)) for action in own],
        "brief": brief_of(report_back) if report_back else None,
        "report_url": report_url(report_back, language) if report_back else "",
    }
    return events.letter("meetings/emails/outcomes_circulated", context)
