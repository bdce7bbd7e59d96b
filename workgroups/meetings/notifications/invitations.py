"""Invitations, changes, cancellations and reminders: to those who are on the roster today, in their language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from iqn import links
from iqn.mail import events, sending
from iqn.mail.events import Letter, Part
from iqn.mail.models import Message
from members.models import Person
from workgroups.groups.models import Term
from workgroups.meetings import calendar
from workgroups.meetings.choices import Answer, possible_answers
from workgroups.meetings.models import Meeting
from workgroups.meetings.times import when_words

INVITATION, CHANGES = "meetings.invitation", "meetings.changes"
CANCELLED, REMINDER = "meetings.cancelled", "meetings.reminder"
ANSWER_LINK = "meetings.answer"
TOLD_ABOUT = ("time", "place", "link", "agenda")


def register() -> None:
    events.register(INVITATION, _render_invitation)
    events.register(CHANGES, _render_changes)
    events.register(CANCELLED, _render_cancelled)
    events.register(REMINDER, _render_reminder)


# --- Who and what ----------------------------------------------------------------------------------------------


def roster_of(meeting: Meeting) -> list[Term]:
    """One term of today for each person who can be reached."""
    terms = Term.objects.at_the_table_of(meeting.group).current().select_related("person__user")
    reached = {term.person_id: term for term in terms.order_by("-pk") if term.address}
    return sorted(reached.values(), key=lambda term: (term.person.sort_name, term.person_id))


def not_yet_invited(meeting: Meeting) -> list[Term]:
    invited = set(meeting.told.get("invited", []))
    return [term for term in roster_of(meeting) if term.person_id not in invited]


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """What a letter says of the meeting, so that the next one can say what is different."""
    agenda = meeting.items.order_by("position", "pk").values_list(
        "title", "purpose", "minutes", "presenter_id", "presenter_name"
    )
    return {
        "time": [meeting.starts_at.isoformat(), meeting.ends_at.isoformat()],
        "place": [meeting.mode, meeting.place],
        "link": meeting.join_link,
        "agenda": [list(item) for item in agenda],
    }


def untold(meeting: Meeting) -> list[str]:
    """Which of time, place, link and agenda differ from what the roster was told last."""
    if not meeting.invited_at:
        return []
    now = snapshot(meeting)
    return [name for name in TOLD_ABOUT if meeting.told.get(name) != now[name]]


# --- Queueing --------------------------------------------------------------------------------------------------


def invite(meeting: Meeting) -> int:
    """Everyone on the roster who was not invited yet. Answers how many letters that makes."""
    terms = not_yet_invited(meeting)
    for term in terms:
        _queue(INVITATION, meeting, term, once=f"meeting:{meeting.pk}:invitation:{term.person_id}")
    meeting.told = {**snapshot(meeting), **meeting.told}
    meeting.told["invited"] = sorted({*meeting.told.get("invited", []), *(term.person_id for term in terms)})
    meeting.save(update_fields=["told"])
    return len(terms)


def tell_changes(meeting: Meeting) -> int:
    """One notice about everything that changed since the last letter."""
    changed = untold(meeting)
    if not changed:
        return 0
    meeting.told = {**meeting.told, **snapshot(meeting), "notices": meeting.told.get("notices", 0) + 1}
    meeting.save(update_fields=["told"])
    terms = _invited(meeting)
    for term in terms:
        once = f"meeting:{meeting.pk}:changes:{meeting.told['notices']}:{term.person_id}"
        _queue(CHANGES, meeting, term, once=once, changed=changed)
    return len(terms)


def tell_cancelled(meeting: Meeting) -> int:
    terms = _invited(meeting)
    for term in terms:
        _queue(CANCELLED, meeting, term, once=f"meeting:{meeting.pk}:cancelled:{term.person_id}")
    return len(terms)


def remind(meeting: Meeting) -> int:
    """Who sent regrets is left in peace."""
    away = set(meeting.answers.filter(answer=Answer.REGRETS).values_list("person_id", flat=True))
    terms = [term for term in _invited(meeting) if term.person_id not in away]
    for term in terms:
        once = f"meeting:{meeting.pk}:reminder:{meeting.starts_at:%Y%m%d}:{term.person_id}"
        _queue(REMINDER, meeting, term, once=once)
    return len(terms)


def _invited(meeting: Meeting) -> list[Term]:
    invited = set(meeting.told.get("invited", []))
    return [term for term in roster_of(meeting) if term.person_id in invited]


def _queue(event: str, meeting: Meeting, term: Term, *, once: str, **params: Any) -> None:
    sending.queue(
        event, to=term.person, address=term.address, language=term.person.language,
        params={"meeting": meeting.pk, **params}, once=once,
    )  # fmt: skip


# --- Words -----------------------------------------------------------------------------------------------------


def preview_invitation(meeting: Meeting, person: Person) -> Letter:
    """The very words, in the language of whoever looks."""
    language = translation.get_language() or person.language
    return events.letter("meetings/emails/invitation", _context(meeting, person, language))


def preview_changes(meeting: Meeting, person: Person) -> Letter:
    language = translation.get_language() or person.language
    context = _context(meeting, person, language)
    return events.letter("meetings/emails/changes", {**context, "changed": untold(meeting)})


def answer_url(meeting: Meeting, person: Person, language: str, answer: str = "") -> str:
    token = links.token(ANSWER_LINK, meeting=meeting.pk, person=person.pk)
    url = links.absolute(
        "meetings:reply", language, slug=meeting.group.slug, identifier=meeting.identifier, token=token
    )
    return f"{url}?answer={answer}" if answer else url


def _context(meeting: Meeting, person: Person, language: str) -> dict[str, Any]:
    items = list(meeting.items.select_related("presenter"))
    return {
        "name": person.name,
        "meeting": meeting,
        "group": meeting.group,
        "when": when_words(meeting.starts_at, meeting.ends_at, meeting.time_zone),
        "items": items,
        "url": settings.SITE_ORIGIN + meeting.get_absolute_url(),
        "answers": [
            (label, answer_url(meeting, person, language, value))
            for value, label in possible_answers(meeting.mode)
        ],
        "answer": meeting.answers.filter(person=person).first(),
    }


def _still(message: Message) -> tuple[Meeting, Person] | None:
    """The meeting and its recipient, who may have left the roster since the letter was queued."""
    meeting = Meeting.objects.select_related("group").filter(pk=message.params["meeting"]).first()
    person = message.recipient
    if meeting is None or person is None or meeting.is_over:
        return None
    on_roster = {term.person_id: term.address for term in roster_of(meeting)}
    return (meeting, person) if on_roster.get(person.pk) == message.address else None


def _render(message: Message, *, template: str, method: str = calendar.REQUEST, **more: Any) -> Letter | None:
    still = _still(message)
    if still is None or still[0].is_planned != (method == calendar.REQUEST):
        return None
    meeting, person = still
    entry = calendar.letter_part(meeting, method=method, address=message.address)
    part = Part(entry, f"text/calendar; method={method}")
    context = {**_context(meeting, person, message.language), **more}
    return events.letter(f"meetings/emails/{template}", context, parts=(part,))


def _render_invitation(message: Message) -> Letter | None:
    return _render(message, template="invitation")


def _render_changes(message: Message) -> Letter | None:
    return _render(message, template="changes", changed=message.params["changed"])


def _render_cancelled(message: Message) -> Letter | None:
    return _render(message, template="cancelled", method=calendar.CANCEL)


def _render_reminder(message: Message) -> Letter | None:
    still = _still(message)
    if still is None or still[0].answers.filter(person=still[1], answer=Answer.REGRETS).exists():
        return None
    return _render(message, template="reminder")
