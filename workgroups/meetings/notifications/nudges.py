"""Quiet reminders of what somebody has forgotten: to those concerned only, once for each cause, none once it is gone.

Each cause has a window rather than a day, so that a worker that was down does not swallow a letter, and what is long
past makes none. The windows are far shorter than the ledger's memory, which keeps every letter to one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn import links
from iqn.mail import events, preferences, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from members.models import Person
from workgroups.groups.choices import GroupStatus
from workgroups.groups.models import Group, Term
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import ActionItem, Meeting
from workgroups.meetings.outcome_letters import action_url
from workgroups.meetings.rosters_of_day import day_of
from workgroups.meetings.times import when_words

AGENDA, OUTCOMES = "meetings.agenda_missing", "meetings.outcomes_missing"
ACTION_DUE, ACTION_OVERDUE = "meetings.action_due", "meetings.action_overdue"

AGENDA_BEFORE = timedelta(days=10)
OUTCOMES_AFTER = (3, 10)  # days
DUE_BEFORE, OVERDUE_AFTER = timedelta(days=3), timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)  # nobody is reminded of what is older than this
ONE_DAY = timedelta(days=1)  # between the clocks of Canada


def register() -> None:
    events.register(AGENDA, _render_agenda)
    events.register(OUTCOMES, _render_outcomes)
    events.register(ACTION_DUE, _render_action_due)
    events.register(ACTION_OVERDUE, _render_action_overdue)
    preferences.offer(AGENDA, _("The agenda of a group that you run is empty ten days before its meeting"))
    preferences.offer(
        OUTCOMES, _("A meeting of a group that you run is not recorded after three and ten days")
    )
    preferences.offer(ACTION_DUE, _("An action that you follow up is due in three days"))
    preferences.offer(ACTION_OVERDUE, _("An action that you follow up is overdue for a week"))


def nudge() -> int:
    """Whatever is forgotten today. Run as often as one likes: the ledger lets each letter through once."""
    count = 0
    for meeting in _without_agenda():
        count += _to_those_who_run(AGENDA, meeting, cause=f"agenda:{meeting.starts_at:%Y%m%d}")
    for meeting, days in _without_outcomes():
        count += _to_those_who_run(OUTCOMES, meeting, cause=f"outcomes:{days}")
    for action in _soon_due():
        count += _to_follower(ACTION_DUE, action)
    for action in _long_overdue():
        count += _to_follower(ACTION_OVERDUE, action)
    return count


# --- What is forgotten


def _without_agenda() -> Iterator[Meeting]:
    now = timezone.now()
    rows = _live_meetings().filter(
        items=None, starts_at__gt=now, starts_at__lt=now + AGENDA_BEFORE + 2 * ONE_DAY
    )
    return (meeting for meeting in rows if _days_since(meeting) >= -AGENDA_BEFORE.days)


def _without_outcomes() -> Iterator[tuple[Meeting, int]]:
    """Each with the step of the ladder that it has reached."""
    now = timezone.now()
    rows = _live_meetings().filter(
        outcome_state=OutcomeState.NONE, ends_at__lt=now, starts_at__gt=now - FORGOTTEN_AFTER
    )
    for meeting in rows:
        reached = [days for days in OUTCOMES_AFTER if days <= _days_since(meeting)]
        if reached:
            yield meeting, reached[-1]


def _live_meetings():
    rows = Meeting.objects.planned().exclude(group__status=GroupStatus.CONCLUDED)
    return rows.select_related("group").order_by("starts_at", "pk")


def _days_since(meeting: Meeting) -> int:
    """By the calendar of the place where it is held."""
    return (timezone.localtime(timezone.now(), meeting.zone).date() - day_of(meeting)).days


def _soon_due():
    today = timezone.localdate()
    return told_actions().filter(due__gte=today, due__lte=today + DUE_BEFORE)


def _long_overdue():
    last = timezone.localdate() - OVERDUE_AFTER
    return told_actions().filter(due__lte=last, due__gt=last - FORGOTTEN_AFTER)


def told_actions():
    """Open, and known to the follower: not those of a record that nobody was sent yet."""
    told = Q(meeting=None) | Q(meeting__outcome_state__in=(OutcomeState.CIRCULATED, OutcomeState.APPROVED))
    rows = ActionItem.objects.open().filter(told).exclude(group__status=GroupStatus.CONCLUDED)
    return rows.select_related("group", "meeting__group", "follower__user").order_by("due", "pk")


# --- Whom it concerns


def _running(group: Group) -> dict[int, Term]:
    """One term of today for each co-chair and secretary who can be reached."""
    terms = Term.objects.at_the_table_of(group).current().running().select_related("person__user")
    return {term.person_id: term for term in terms.order_by("-pk") if term.address}


def address_of(person: Person) -> str:
    """Of somebody without an account, the one given for a seat of today."""
    if person.user_id is not None:
        return person.mail_address
    terms = Term.objects.current().of(person).exclude(email="").order_by("pk")
    return terms.values_list("email", flat=True).first() or ""


def _to_those_who_run(event: str, meeting: Meeting, *, cause: str) -> int:
    queued = [
        sending.queue(
            event, to=term.person, address=term.address, language=term.person.language,
            params={"meeting": meeting.pk, "day": day_of(meeting).isoformat()},
            once=f"meeting:{meeting.pk}:{cause}:{person_pk}",
        )
        for person_pk, term in sorted(_running(meeting.group).items())
    ]  # fmt: skip
    return sum(message is not None for message in queued)


def _to_follower(event: str, action: ActionItem) -> int:
    """A new date is a new cause."""
    address = address_of(action.follower)
    if not address:
        return 0
    message = sending.queue(
        event, to=action.follower, address=address, language=action.follower.language,
        params={"action": action.pk, "due": action.due.isoformat()},
        once=f"{event}:{action.pk}:{action.due:%Y%m%d}:{action.follower_id}",
    )  # fmt: skip
    return int(message is not None)


# --- Words, written when the letter's turn comes: what has been seen to by then needs none


def _render_agenda(message: Message) -> Letter | None:
    meeting = _meeting_of(message)
    if meeting is None or meeting.has_begun or meeting.items.exists():
        return None
    return _about_meeting(message, meeting, "agenda_missing", "meetings:agenda")


def _render_outcomes(message: Message) -> Letter | None:
    meeting = _meeting_of(message)
    if meeting is None or meeting.outcome_state != OutcomeState.NONE:
        return None
    return _about_meeting(message, meeting, "outcomes_missing", "meetings:outcome-record")


def _meeting_of(message: Message) -> Meeting | None:
    """Still planned for that day, and its recipient still one of those who run the group."""
    meeting = _live_meetings().filter(pk=message.params["meeting"]).first()
    if meeting is None or day_of(meeting).isoformat() != message.params["day"]:
        return None
    term = _running(meeting.group).get(message.recipient_id or 0)
    return meeting if term is not None and term.address == message.address else None


def _about_meeting(message: Message, meeting: Meeting, template: str, page: str) -> Letter:
    group, person = meeting.group, message.recipient
    assert person is not None  # or no term would have been found
    context = {
        "name": person.name,
        "meeting": meeting,
        "group": group,
        "when": when_words(meeting.starts_at, meeting.ends_at, meeting.time_zone),
        "url": links.absolute(page, message.language, slug=group.slug, identifier=meeting.identifier),
        "settings_url": preferences.settings_url(person, message.language),
    }
    return events.letter(f"meetings/emails/{template}", context)


def _render_action_due(message: Message) -> Letter | None:
    return _about_action(message, "action_due") if _due_of(message) >= timezone.localdate() else None


def _render_action_overdue(message: Message) -> Letter | None:
    return _about_action(message, "action_overdue")


def _due_of(message: Message) -> date:
    return date.fromisoformat(message.params["due"])


def _about_action(message: Message, template: str) -> Letter | None:
    """Still open, due on the same day, and the recipient's."""
    person = message.recipient
    rows = told_actions().filter(pk=message.params["action"], due=_due_of(message), follower=person)
    action = rows.first() if person is not None else None
    if action is None or address_of(action.follower) != message.address:
        return None
    context = {
        "name": action.follower.name,
        "action": action,
        "group": action.group,
        "link": action_url(action, action.follower, message.language),
        "settings_url": preferences.settings_url(action.follower, message.language),
    }
    return events.letter(f"meetings/emails/{template}", context)
