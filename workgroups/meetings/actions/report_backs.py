"""A seat tells that it reported back at home; what the organization answered comes before the next meeting."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from iqn.history.recording import record
from members.models import Person
from workgroups.groups.models import Term
from workgroups.meetings.actions.agenda import item_of_answer
from workgroups.meetings.actions.records import append_item, next_meeting_after
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.errors import GroupIsConcluded, TermHasEnded
from workgroups.meetings.models import Meeting, ReportBack


@transaction.atomic
def report(*, report_back: ReportBack, answer: str, by: Person) -> ReportBack:
    """Saying it twice changes nothing; an answer may be added once."""
    rows = ReportBack.objects.select_for_update(of=("self",))
    report_back = rows.select_related("meeting__group", "seat__organization").get(pk=report_back.pk)
    if not holds_seat(report_back, by):
        raise TermHasEnded
    if report_back.meeting.group.is_concluded:
        raise GroupIsConcluded
    if report_back.reported_at is not None and (report_back.answer or not answer):
        return report_back
    report_back.reported_at = report_back.reported_at or timezone.now()
    report_back.answer = answer
    report_back.language = (translation.get_language() or "en")[:2]
    report_back.item = _on_the_next_agenda(report_back, by) if answer else None
    report_back.save(update_fields=["reported_at", "answer", "language", "item"])
    record(
        by=by, verb="meetings.reported_back", target=report_back.meeting,
        phrase=_("%(actor)s reported the outcomes of %(meeting)s back to %(organization)s"),
        meeting=report_back.meeting.identifier, organization=lambda: report_back.seat,
    )  # fmt: skip
    return report_back


def holds_seat(report_back: ReportBack, person: Person) -> bool:
    return Term.objects.current().of(person).filter(seat_id=report_back.seat_id).exists()


def _on_the_next_agenda(report_back: ReportBack, by: Person):
    """None where no meeting is planned yet, or its record has been circulated already."""
    following = next_meeting_after(report_back.meeting)
    if following is None:
        return None
    following = Meeting.objects.select_for_update().get(pk=following.pk)
    if following.outcome_state not in (OutcomeState.NONE, OutcomeState.DRAFT):
        return None
    return append_item(following, **{**item_of_answer(report_back), "presenter_id": by.pk})
