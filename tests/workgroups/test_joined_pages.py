"""Where groups and their meetings meet: home page of a group, one's own groups, handing over, joining an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from iqn.mail import preferences
from iqn.mail.models import MailChoice
from tests.factories.members import PersonFactory
from tests.factories.workgroups import ActionItemFactory, DecisionFactory, MeetingFactory
from tests.workgroups.outcome_scene import address, circulate, fill
from workgroups.meetings.actions import agenda, joining
from workgroups.meetings.models import Attendance, InvitationAnswer, Meeting, ReportBack

pytestmark = pytest.mark.django_db


def _html(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def test_home_shows_what_each_reader_may_see(table, client, sign_in):
    fill(table)
    roster = _html(sign_in(table.roster), table.group.get_absolute_url())
    for identifier in (table.meeting.identifier, table.held.identifier):
        assert identifier in roster
    assert "heronword decision" in roster
    assert "heronword action" in roster
    stranger = _html(client, table.group.get_absolute_url())
    assert table.meeting.identifier in stranger
    assert "heronword" not in stranger
    circulate(table)
    stranger = _html(client, table.group.get_absolute_url())
    assert "loonword decision" in stranger
    assert "heronword" not in stranger
    assert "ospreyword" not in stranger


def test_home_in_french(table, client):
    Meeting.objects.filter(pk=table.meeting.pk).update(state="cancelled", state_reason="Neige")
    html = _html(client, "/fr/groupes-de-travail/nursing/")
    assert "Dernière réunion" in html
    assert "aucune n’est prévue" in html


def test_those_at_the_table_find_who_came_from_the_home_of_the_group(table, sign_in):
    link = f'href="{reverse("meetings:attendance-list", args=["nursing"])}"'
    assert link in _html(sign_in(table.roster), table.group.get_absolute_url())
    assert link not in _html(sign_in(table.member), table.group.get_absolute_url())


def test_constant_queries(table, sign_in, record_queries):
    client = sign_in(table.co_chair)
    term = table.roster.terms.get()
    pages = [
        table.group.get_absolute_url(),
        reverse("groups:mine"),
        reverse("groups:term-handover", args=["nursing", term.pk]),
    ]
    before = [record_queries(lambda path=path: client.get(path)) for path in pages]
    for days in (30, 60):
        MeetingFactory(group=table.group, starts_at=timezone.now() + timedelta(days=days), sequence=days)
        DecisionFactory(meeting=table.held)
        ActionItemFactory(meeting=table.held, follower=table.roster)
    assert [record_queries(lambda path=path: client.get(path)) for path in pages] == before


def test_ones_groups_say_when_they_meet_and_leave_what_waits_to_the_home_page(table, sign_in):
    chair = _html(sign_in(table.co_chair), reverse("groups:mine"))
    assert f'Next meeting: <a href="{table.meeting.get_absolute_url()}">' in chair
    assert "What waits in the groups that you run" in chair
    assert "Record the outcomes" not in chair
    assert "Record the outcomes" in _html(sign_in(table.co_chair), "/en/")
    assert "What waits" not in _html(sign_in(table.roster), reverse("groups:mine"))
    table.meeting.delete()
    assert "No meeting is planned." in _html(sign_in(table.co_chair), reverse("groups:mine"))


def test_handover_shows_the_actions_of_the_seat(table, sign_in):
    other = ActionItemFactory(meeting=table.held, follower=table.co_chair)
    path = reverse("groups:term-handover", args=["nursing", table.roster.terms.get().pk])
    html = _html(sign_in(table.co_chair), path)
    assert table.action.text in html
    assert table.meeting.identifier in html
    assert other.text not in html


def test_meeting_page_leads_up_and_onwards(table, sign_in):
    html = _html(sign_in(table.co_chair), table.held.get_absolute_url())
    for path in (
        reverse("groups:list"),
        table.group.get_absolute_url(),
        address("outcome-record", table.held),
    ):
        assert f'href="{path}"' in html
    assert address("outcome-detail", table.held) not in html
    fill(table)
    assert f'href="{address("outcome-detail", table.held)}"' in _html(
        sign_in(table.roster), table.held.get_absolute_url()
    )


def test_home_of_a_member_counts_actions(table, sign_in):
    ActionItemFactory(meeting=table.held, follower=table.roster, due=timezone.localdate() - timedelta(days=1))
    html = _html(sign_in(table.roster), "/en/")
    for words in ("Your groups", "Your actions", "2 open", "1 overdue"):
        assert words in html
    without = _html(sign_in(table.member), "/en/")
    assert "Your groups" not in without
    assert "Your actions" not in without


def test_answers_from_home_come_onto_the_next_agenda_once(table):
    fill(table)
    circulate(table)
    report = ReportBack.objects.filter(meeting=table.held).first()
    ReportBack.objects.filter(pk=report.pk).update(answer="We agree.", item=None)
    title = f"Answer of {report.seat.organization} to the outcomes of {table.held}"
    assert (title, report.language) in agenda.what_is_open(table.meeting, "en")
    agenda.carry_over(meeting=table.meeting, by=table.co_chair)
    report.refresh_from_db()
    assert (report.item.title, report.item.description) == (title, "We agree.")
    assert agenda.carry_over(meeting=table.meeting, by=table.co_chair) == 0


def _attend(meeting, person, presence):
    return Attendance.objects.create(meeting=meeting, person=person, name=person.name, presence=presence)


def test_what_stood_under_the_name_goes_to_the_account(table):
    old, new = PersonFactory(user=None), PersonFactory()
    _attend(table.held, old, "in_person")
    action = ActionItemFactory(meeting=table.held, follower=old)
    InvitationAnswer.objects.create(meeting=table.meeting, person=old, answer="yes")
    joining.move_to_account(old, new)
    action.refresh_from_db()
    assert action.follower == new
    assert Attendance.objects.get(meeting=table.held).person == new
    assert InvitationAnswer.objects.get().person == new


def test_letters_that_were_switched_off_stay_so_unless_the_account_says_otherwise(table):
    old, new = PersonFactory(user=None), PersonFactory()
    events = ("meetings.action_due", "meetings.action_overdue")
    for event in events:
        MailChoice.objects.create(person=old, event=event, is_wanted=False)
    MailChoice.objects.create(person=new, event=events[0], is_wanted=True)

    joining.move_to_account(old, new)

    assert [preferences.wants(new, event) for event in events] == [True, False]


@pytest.mark.parametrize(("mine", "kept"), [("absent", "in_person"), ("online", "online")])
def test_of_two_rows_in_one_meeting_the_presence_stays(table, mine, kept):
    old, new = PersonFactory(user=None), PersonFactory()
    _attend(table.held, old, "in_person")
    _attend(table.held, new, mine)
    joining.move_to_account(old, new)
    row = Attendance.objects.get(meeting=table.held)
    assert (row.person, row.presence) == (new, kept)


@pytest.mark.parametrize(("hours", "kept"), [(1, "yes"), (-1, "no")])
def test_of_two_answers_the_later_one_counts(table, hours, kept):
    old, new = PersonFactory(user=None), PersonFactory()
    now = timezone.now()
    InvitationAnswer.objects.create(
        meeting=table.meeting, person=old, answer="yes", answered_at=now + timedelta(hours=hours)
    )
    InvitationAnswer.objects.create(meeting=table.meeting, person=new, answer="no", answered_at=now)
    joining.move_to_account(old, new)
    row = InvitationAnswer.objects.get()
    assert (row.person, row.answer) == (new, kept)
