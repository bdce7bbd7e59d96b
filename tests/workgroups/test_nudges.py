"""Every nudge exactly once under a moving clock, and none after the reason is gone."""

from __future__ import annotations

import itertools
import threading
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone, translation

from iqn.mail import actions as mail_actions
from iqn.mail import preferences
from iqn.mail.models import Message
from tests.factories.members import PersonFactory
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    GroupFactory,
    MeetingFactory,
    SeatFactory,
    make_term,
)
from workgroups.meetings import jobs
from workgroups.meetings.actions import action_items, agenda, meetings, records
from workgroups.meetings.notifications import nudges

HALIFAX = ZoneInfo("America/Halifax")
AGENDA, OUTCOMES = "meetings.agenda_missing", "meetings.outcomes_missing"
DUE, OVERDUE = "meetings.action_due", "meetings.action_overdue"
numbers = itertools.count(1)


def at(day: str, clock: str = "14:00", zone: ZoneInfo = HALIFAX) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=zone)


def meeting_on(group, day: str, clock: str = "14:00", **extra):
    return MeetingFactory(
        group=group, starts_at=at(day, clock, group.zone), time_zone=group.time_zone, sequence=next(numbers), **extra
    )  # fmt: skip


def nudges_of(rows) -> list[tuple[str, str, str]]:
    """(event, whom, object) of letters in the ledger."""
    return sorted((row.event, row.recipient.name, what(row)) for row in rows)


def what(row: Message) -> str:
    return str(row.params.get("meeting") or row.params["action"])


# --- Two months, day by day


def two_months() -> SimpleNamespace:
    """Two groups on the first of September, as their co-chairs will forget this and that."""
    group = GroupFactory(code="NUR", slug="nursing")
    west = GroupFactory(code="LAW", slug="law", time_zone="America/Vancouver")
    people = {
        "cora": make_term(group, "Cora Chair", "co_chair").person,
        "sven": make_term(group, "Sven Secretary", "secretary").person,
        "rosa": make_term(group, "Rosa Roster").person,
        "otto": make_term(west, "Otto Chair", "co_chair").person,
        # The consultant sits in every work group
        "connie": make_term(group, "Connie Consultant", "co_chair", seat=SeatFactory(group=None)).person,
    }
    told = meeting_on(group, "2026-06-10", outcome_state="circulated")
    draft = meeting_on(group, "2026-06-20", outcome_state="draft")

    def action(meeting, due: str, **extra):
        return ActionItemFactory(meeting=meeting, due=date.fromisoformat(due), **extra)

    return SimpleNamespace(
        **people,
        group=group,
        forgotten=meeting_on(group, "2026-09-20"),
        late_evening=meeting_on(group, "2026-11-03", "23:30"),
        kept=meeting_on(west, "2026-10-10"),
        minded=meeting_on(group, "2026-10-25"),
        cancelled=meeting_on(group, "2026-10-20"),
        moved=meeting_on(west, "2026-10-28", "22:00"),
        slow=action(told, "2026-09-15", follower=people["rosa"]),
        postponed=action(told, "2026-10-01", follower=people["rosa"]),
        done=action(told, "2026-10-05", follower=people["cora"]),
        done_late=action(told, "2026-10-06", follower=people["cora"]),
        untold=action(draft, "2026-09-15", follower=people["rosa"]),
        long_past=action(told, "2026-07-01", follower=people["rosa"]),
    )


def what_people_do(day: date, scene: SimpleNamespace) -> None:
    """In the evening of that day."""
    if day == date(2026, 10, 1):
        AgendaItemFactory(meeting=scene.kept)
        scene.item = AgendaItemFactory(meeting=scene.minded)
    if day == date(2026, 10, 5):
        meetings.cancel_meeting(meeting=scene.cancelled, reason="Storm", language="en", by=scene.cora)
    if day == date(2026, 10, 20):
        meetings.move_meeting(
            meeting=scene.moved, starts_at=at("2026-11-05"), ends_at=at("2026-11-05", "16:00"),
            reason="Strike", language="en", by=scene.otto,
        )  # fmt: skip
    if day == date(2026, 10, 15):
        scene.kept.outcome_state = "draft"
        scene.kept.save()
    if day == date(2026, 10, 26):
        records.save_item(
            item=scene.item, version=scene.item.version, note="Agreed.", visibility="roster", state="done",
            by=scene.cora,
        )  # fmt: skip
    if day == date(2026, 9, 29):
        action_items.postpone(action=scene.postponed, due=date(2026, 10, 20), by=scene.rosa)
    if day == date(2026, 10, 1):
        action_items.finish(action=scene.done, by=scene.cora)
    if day == date(2026, 10, 10):
        action_items.finish(action=scene.done_late, by=scene.cora)


# Counted by hand: day, event, object, whom
TABLE = [
    ("2026-09-10", AGENDA, "forgotten", "cora"),
    ("2026-09-10", AGENDA, "forgotten", "sven"),
    ("2026-09-10", AGENDA, "forgotten", "connie"),
    ("2026-09-12", DUE, "slow", "rosa"),
    ("2026-09-22", OVERDUE, "slow", "rosa"),
    ("2026-09-23", OUTCOMES, "forgotten", "cora"),
    ("2026-09-23", OUTCOMES, "forgotten", "sven"),
    ("2026-09-23", OUTCOMES, "forgotten", "connie"),
    ("2026-09-28", DUE, "postponed", "rosa"),
    ("2026-09-30", OUTCOMES, "forgotten", "cora"),
    ("2026-09-30", OUTCOMES, "forgotten", "sven"),
    ("2026-09-30", OUTCOMES, "forgotten", "connie"),
    ("2026-09-30", AGENDA, "kept", "otto"),
    ("2026-09-30", AGENDA, "kept", "connie"),
    ("2026-10-03", DUE, "done_late", "cora"),
    ("2026-10-13", OUTCOMES, "kept", "otto"),
    ("2026-10-13", OUTCOMES, "kept", "connie"),
    ("2026-10-17", DUE, "postponed", "rosa"),
    ("2026-10-18", AGENDA, "moved", "otto"),
    ("2026-10-18", AGENDA, "moved", "connie"),
    ("2026-10-24", AGENDA, "late_evening", "cora"),
    ("2026-10-24", AGENDA, "late_evening", "sven"),
    ("2026-10-24", AGENDA, "late_evening", "connie"),
    ("2026-10-26", AGENDA, "moved", "otto"),
    ("2026-10-26", AGENDA, "moved", "connie"),
    ("2026-10-27", OVERDUE, "postponed", "rosa"),
    ("2026-11-06", OUTCOMES, "late_evening", "cora"),
    ("2026-11-06", OUTCOMES, "late_evening", "sven"),
    ("2026-11-06", OUTCOMES, "late_evening", "connie"),
    ("2026-11-08", OUTCOMES, "moved", "otto"),
    ("2026-11-08", OUTCOMES, "moved", "connie"),
]


def test_each_nudge_comes_once_in_two_months(db, deliver):
    got = []
    with time_machine.travel(at("2026-09-01", "05:00"), tick=False) as clock:
        scene = two_months()
        day = date(2026, 9, 1)
        while day <= date(2026, 11, 10):
            for hour in ("03:20", "08:20", "08:21", "12:20", "18:20", "23:20"):
                clock.move_to(at(day.isoformat(), hour))
                jobs.nudge(0)
                sent = [letter.extra_headers["Message-ID"] for letter in deliver()]
                rows = Message.objects.filter(state="sent", finished_at=timezone.now())
                assert len(sent) == rows.count()
                got += [(day.isoformat(), hour, *row) for row in nudges_of(rows)]
            what_people_do(day, scene)
            day += timedelta(days=1)

    assert {hour for _day, hour, *_row in got} == {"08:20"}
    wanted = [
        (day, "08:20", event, getattr(scene, whom).name, str(getattr(scene, name).pk))
        for day, event, name, whom in TABLE
    ]
    assert sorted(got) == sorted(wanted)


def test_a_worker_that_was_down_makes_up_for_what_still_holds(db, deliver):
    with time_machine.travel(at("2026-09-01", "05:00"), tick=False) as clock:
        scene = two_months()
        clock.move_to(at("2026-10-02", "08:20"))  # the first run after a month
        jobs.nudge(0)
        deliver()

    assert nudges_of(Message.objects.filter(state="sent")) == sorted(
        [
            *((AGENDA, name, str(scene.kept.pk)) for name in ("Otto Chair", "Connie Consultant")),
            *(
                (OUTCOMES, name, str(scene.forgotten.pk))
                for name in ("Cora Chair", "Sven Secretary", "Connie Consultant")
            ),
            (OVERDUE, "Rosa Roster", str(scene.slow.pk)),
            (DUE, "Cora Chair", str(scene.done.pk)),
        ]
    )


# --- When the reason goes


@pytest.fixture
def forgetful(table):
    """One cause of each kind stands today, at noon."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    with time_machine.travel(noon, tick=False):
        table.meeting.starts_at = noon + timedelta(days=9)
        table.meeting.ends_at = noon + timedelta(days=9, hours=2)
        table.meeting.save()
        table.held.outcome_state = "circulated"
        table.held.save()
        table.lately = MeetingFactory(group=table.group, starts_at=noon - timedelta(days=4), sequence=7)
        today = timezone.localdate()
        table.action.due = today + timedelta(days=2)
        table.action.save()
        table.late = ActionItemFactory(
            meeting=table.held, follower=table.alternate, due=today - timedelta(days=8)
        )
        yield table


EVERY_NUDGE = [
    (AGENDA, "Cora Chair"),
    (AGENDA, "Second Chair"),
    (AGENDA, "Sven Secretary"),
    (DUE, "Rosa Roster"),
    (OUTCOMES, "Cora Chair"),
    (OUTCOMES, "Second Chair"),
    (OUTCOMES, "Sven Secretary"),
    (OVERDUE, "Alba Alternate"),
]


def sent() -> list[tuple[str, str]]:
    return [row[:2] for row in nudges_of(Message.objects.filter(state="sent"))]


def test_all_causes_stand(forgetful, deliver):
    assert nudges.nudge() == len(EVERY_NUDGE)
    assert nudges.nudge() == 0
    deliver()
    assert sent() == sorted(EVERY_NUDGE)


def add_item(scene):
    agenda.add_item(
        meeting=scene.meeting,
        title="Bridging",
        language="en",
        purpose="discuss",
        minutes=10,
        by=scene.co_chair,
    )


def cancel(scene):
    meetings.cancel_meeting(meeting=scene.meeting, reason="Storm", language="en", by=scene.co_chair)


def move(scene):
    later = scene.meeting.starts_at + timedelta(days=20)
    meetings.move_meeting(
        meeting=scene.meeting, starts_at=later, ends_at=later + timedelta(hours=1), reason="", language="en",
        by=scene.co_chair,
    )  # fmt: skip


def begin_record(scene):
    records.open_record(scene.lately, by=scene.co_chair)


def conclude(scene):
    scene.group.status, scene.group.closing_note_en = "concluded", "Done."
    scene.group.save()


def leave(scene):
    scene.secretary.terms.update(until=timezone.localdate())


def close_accounts(scene):
    for person in (scene.secretary, scene.roster):
        person.user.is_active = False
        person.user.save()


def change_address(scene):
    scene.alternate.user.email = "alba@elsewhere.example"
    scene.alternate.user.save()


def finish(scene):
    action_items.finish(action=scene.late, by=scene.alternate)


def postpone(scene):
    due = timezone.localdate() + timedelta(days=30)
    action_items.postpone(action=scene.action, due=due, by=scene.roster)


def hand_on(scene):
    scene.late.follower = scene.member
    scene.late.save()


def take_draft_back(scene):
    scene.held.outcome_state = "draft"
    scene.held.save()


def only(*events: str) -> list[tuple[str, str]]:
    return [row for row in EVERY_NUDGE if row[0] in events]


WITHOUT_SVEN = [row for row in EVERY_NUDGE if row[1] != "Sven Secretary"]
GONE = [
    (add_item, only(DUE, OUTCOMES, OVERDUE)),
    (cancel, only(DUE, OUTCOMES, OVERDUE)),
    (move, only(DUE, OUTCOMES, OVERDUE)),
    (begin_record, only(AGENDA, DUE, OVERDUE)),
    (conclude, []),
    (leave, WITHOUT_SVEN),
    (close_accounts, [row for row in WITHOUT_SVEN if row[0] != DUE]),
    (finish, only(AGENDA, DUE, OUTCOMES)),
    (postpone, only(AGENDA, OUTCOMES, OVERDUE)),
    (take_draft_back, only(AGENDA, OUTCOMES)),
]


@pytest.mark.parametrize(("happens", "left"), GONE)
def test_none_is_queued_after_the_reason_is_gone(forgetful, deliver, happens, left):
    happens(forgetful)
    nudges.nudge()
    deliver()

    assert sent() == sorted(left)


@pytest.mark.parametrize(
    ("happens", "left"),
    [*GONE, (hand_on, only(AGENDA, DUE, OUTCOMES)), (change_address, only(AGENDA, DUE, OUTCOMES))],
)
def test_none_on_its_way_is_sent_after_the_reason_is_gone(forgetful, deliver, happens, left):
    nudges.nudge()
    happens(forgetful)
    deliver()

    assert sent() == sorted(left)


def test_whoever_an_action_is_handed_to_hears_of_it_too(forgetful, deliver):
    nudges.nudge()
    hands = action_items.Hands(forgetful.late, to=forgetful.roster)
    assert action_items.hand_on(choices=[hands], by=forgetful.co_chair) == {}
    nudges.nudge()
    deliver()

    told = Message.objects.filter(event=OVERDUE, state="sent").select_related("recipient")
    assert [row.recipient.name for row in told] == ["Rosa Roster"]
    assert Message.objects.filter(event=OVERDUE).count() == 2  # the other one was too late for its reader


def test_what_begins_or_falls_due_on_the_way_is_not_sent(forgetful, deliver):
    nudges.nudge()
    with time_machine.travel(forgetful.meeting.starts_at + timedelta(minutes=1), tick=False):
        deliver()

    assert sent() == sorted(only(OUTCOMES, OVERDUE))


def test_who_has_no_account_is_reached_where_the_seat_says(forgetful, deliver):
    silent, reached = PersonFactory(user=None), PersonFactory(user=None, language="fr")
    make_term(forgetful.group, "", person=reached, email="chez@example.org")
    for person in (silent, reached):
        forgetful.late.follower = person
        forgetful.late.save()
        nudges.nudge()

    [letter] = [letter for letter in deliver() if letter.to == ["chez@example.org"]]
    assert letter.subject.replace("\xa0", " ").startswith("En retard : ")
    assert "/fr/groupes-de-travail/" in letter.body
    assert (OVERDUE, silent.name) not in sent()


def link_in(letter) -> str:
    """The path of the first link of a letter; the second one switches such letters off."""
    link, _off = [line for line in letter.body.splitlines() if line.startswith("http")]
    return "/" + link.split("/", 3)[3]


def test_letters_lead_where_something_can_be_done(forgetful, deliver, sign_in):
    nudges.nudge()
    letters = {
        letter.subject.split(":")[0]: letter
        for letter in deliver()
        if letter.to == ["cora.chair@example.org"]
    }
    opened = {
        subject: sign_in(forgetful.co_chair).get(link_in(letter)).templates[0].name
        for subject, letter in letters.items()
    }
    assert opened == {
        "No agenda yet": "meetings/agenda_edit.html",
        "Outcomes not recorded yet": "meetings/outcome_record.html",
    }


def test_an_action_is_done_from_its_letter(forgetful, deliver, client):
    nudges.nudge()
    [letter] = [letter for letter in deliver() if letter.to == ["rosa.roster@example.org"]]
    path = link_in(letter)

    assert client.get(path).status_code == 200
    client.post(path, {"do": "done"})

    forgetful.action.refresh_from_db()
    assert forgetful.action.state == "done"


def test_french_letters(forgetful, deliver):
    for person in (forgetful.co_chair, forgetful.roster, forgetful.alternate):
        person.language = "fr"
        person.save()
    nudges.nudge()
    with translation.override("fr"):
        subjects = {letter.subject.replace("\xa0", " ").split(" : ")[0] for letter in deliver()
                    if letter.extra_headers["Content-Language"] == "fr"}  # fmt: skip
    assert subjects == {
        "Pas encore d’ordre du jour",
        "Compte rendu pas encore rédigé",
        "Échéance proche",
        "En retard",
    }


def test_what_somebody_switched_off_is_not_queued(forgetful, deliver):
    mail_actions.choose_letters(by=forgetful.co_chair, wanted={OUTCOMES})
    nudges.nudge()
    deliver()

    assert sent() == sorted(row for row in EVERY_NUDGE if row != (AGENDA, "Cora Chair"))


def test_nor_sent_where_it_was_on_its_way(forgetful, deliver):
    nudges.nudge()
    mail_actions.choose_letters(by=forgetful.co_chair, wanted=set())
    deliver()

    assert sent() == sorted(row for row in EVERY_NUDGE if row[1] != "Cora Chair")


def test_the_letter_leads_to_where_it_is_switched_off(forgetful, deliver, client):
    nudges.nudge()
    [letter] = [letter for letter in deliver() if letter.to == ["rosa.roster@example.org"]]
    _act, off = [line for line in letter.body.splitlines() if line.startswith("http")]
    path = "/" + off.split("/", 3)[3]

    page = client.get(path).content.decode()
    assert page.count(" checked") == 4
    assert forgetful.roster.name not in page
    client.post(path, {"meetings-agenda_missing": "on"})

    in_force = preferences.in_force(forgetful.roster)
    assert {event for event, is_wanted in in_force.items() if is_wanted} == {AGENDA}


def test_not_at_night(forgetful):
    for hour, queued in ((6, 0), (19, 0), (23, 0), (18, len(EVERY_NUDGE))):
        with time_machine.travel(timezone.localtime().replace(hour=hour), tick=False):
            jobs.nudge(0)
            assert Message.objects.count() == queued


@pytest.mark.django_db(transaction=True)
def test_two_workers_queue_each_letter_once(transactional_db):
    group = GroupFactory()
    chairs = [make_term(group, f"Chair {n}", "co_chair").person for n in range(4)]
    for n in range(3):
        MeetingFactory(group=group, starts_at=timezone.now() + timedelta(days=5), sequence=n + 1)
    together, counts = threading.Barrier(2), []

    def work() -> None:
        together.wait()
        counts.append(nudges.nudge())
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == Message.objects.count() == 3 * len(chairs)
