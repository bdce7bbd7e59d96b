"""Who sat at the table on the day of a meeting, for whom, and with which title: the lines of its attendance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from members.models import Affiliation, Person
from workgroups.groups.choices import Role
from workgroups.groups.models import Group, Term
from workgroups.meetings.choices import Answer, Presence
from workgroups.meetings.models import Attendance, Meeting

ANSWERED = {
    Answer.COMING: Presence.IN_PERSON,
    Answer.ONLINE: Presence.ONLINE,
    Answer.REGRETS: Presence.ABSENT,
}


@dataclass
class Line:
    """Somebody of the roster, as the attendance keeps them; `row` where it was saved already."""

    person: Person
    row: Attendance
    answer: str = ""

    @property
    def role_words(self) -> str:
        return str(Role(self.row.role).label) if self.row.role else ""

    @property
    def is_saved(self) -> bool:
        return self.row.pk is not None


def day_of(meeting: Meeting) -> date:
    """In the time zone of the meeting."""
    return meeting.local_start.date() if meeting.local_start else timezone.localdate()


def terms_of_day(group: Group, day: date) -> list[Term]:
    """One term for each person: their own seat goes before a standing one."""
    found: dict[int, Term] = {}
    for term in Term.objects.at_the_table_of(group).on(day).for_roster():
        known = found.get(term.person_id)
        if known is None or (known.seat.group_id is None and term.seat.group_id is not None):
            found[term.person_id] = term
    return list(found.values())


def lines_of(meeting: Meeting) -> list[Line]:
    """The roster of the day, in its order, with what was saved or what the answers to the invitation say."""
    saved = {row.person_id: row for row in meeting.attendance.select_related("person", "stakeholder_type")}
    answers = {answer.person_id: answer for answer in meeting.answers.all()}
    terms = terms_of_day(meeting.group, day_of(meeting))
    titles = _titles(terms, day_of(meeting))
    lines = []
    for term in terms:
        answer = answers.get(term.person_id)
        row = saved.pop(term.person_id, None) or _of_the_day(meeting, term, titles, answer)
        lines.append(Line(term.person, row, answer.get_answer_display() if answer else ""))
    # Who was there and is on no roster of that day any more (a term was corrected) stays in the record
    lines += [Line(row.person, row) for row in saved.values() if row.person is not None]
    return lines


def guests_of(meeting: Meeting) -> list[Attendance]:
    return [row for row in meeting.attendance.all() if row.person_id is None]


def delegates_expected(meeting: Meeting, guests: list[Attendance]) -> list[Attendance]:
    """Those who were announced in somebody's answer and are not among the guests yet."""
    known = {row.delegate_for_id for row in guests}
    return [
        Attendance(
            meeting=meeting, name=answer.delegate_name, organization_name=answer.delegate_organization,
            presence=Presence.IN_PERSON, delegate_for_id=answer.person_id,
        )
        for answer in meeting.answers.all()
        if answer.delegate_name and answer.person_id not in known
    ]  # fmt: skip


def _titles(terms: list[Term], day: date) -> dict[int, list[Affiliation]]:
    found: dict[int, list[Affiliation]] = {}
    rows = Affiliation.objects.on(day).filter(person__in=[term.person_id for term in terms])
    for affiliation in rows.select_related("organization"):
        found.setdefault(affiliation.person_id, []).append(affiliation)
    return found


def _of_the_day(meeting: Meeting, term: Term, titles: dict[int, list[Affiliation]], answer) -> Attendance:
    own = titles.get(term.person_id, [])
    at_seat = [each for each in own if each.organization_id == term.seat.organization_id]
    affiliation = next(iter(at_seat or own), None)
    organization = term.seat.organization or (affiliation.organization if affiliation else None)
    return Attendance(
        meeting=meeting,
        person=term.person,
        name=term.person.display_name,
        title=affiliation.title if affiliation else "",
        organization=organization,
        organization_name=name_of(organization),
        organization_name_fr=(organization.name_fr or "") if organization else "",
        stakeholder_type=term.seat.stakeholder_type,
        role=term.role,
        presence=ANSWERED[Answer(answer.answer)] if answer else Presence.ABSENT,
    )


def name_of(organization) -> str:
    """The name that a record keeps in its one column."""
    return (organization.name_en or organization.name_fr or organization.slug) if organization else ""
