"""One letter a day to staff while anything waits."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from iqn.mail.models import Message, MessageState
from iqn.portal import jobs, notifications
from members.choices import MembershipState
from tests.factories.members import make_person
from tests.factories.reference import StageFactory

pytestmark = pytest.mark.django_db
SEVEN = datetime(2026, 3, 13, 7, 0, tzinfo=ZoneInfo("America/Halifax"))


@pytest.fixture
def staff():
    return [make_person("Sam Staff", staff=True), make_person("Fanny Personnel", staff=True, language="fr")]


def _tick(moment):
    with time_machine.travel(moment, tick=False):
        jobs.tell_staff(int(moment.timestamp()))


def test_each_gets_one_a_day_in_their_language(staff, deliver):
    make_person("Ada Applicant", MembershipState.APPLIED)

    for moment in (SEVEN, SEVEN + timedelta(hours=1), SEVEN + timedelta(hours=10)):
        _tick(moment)
    english, french = deliver()

    assert (english.to, english.subject) == ([staff[0].user.email], "1 thing waits for you in the portal")
    assert "- application: 1 (oldest: " in english.body
    assert "Ada Applicant" in english.body
    assert english.body.count("/en/needs-you/") == 1
    assert french.subject == "1 élément vous attend dans le portail"
    assert "/fr/" in french.body
    _tick(SEVEN + timedelta(days=1))
    assert len(deliver()) == 2


def test_not_before_seven_in_halifax(staff):
    make_person("Ada Applicant", MembershipState.APPLIED)

    _tick(SEVEN - timedelta(minutes=10))
    before = Message.objects.count()
    _tick(SEVEN)

    assert (before, Message.objects.count()) == (0, 2)


def test_nothing_waits_nothing_is_sent(staff):
    _tick(SEVEN)

    assert not Message.objects.exists()


def test_dropped_when_nothing_waits_any_more(staff, deliver):
    stage = StageFactory(name_fr="")
    assert notifications.tell_staff() == 2
    stage.name_fr = "Étape"
    stage.save()

    assert deliver() == []
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DROPPED}


def test_dropped_for_who_is_no_longer_staff(staff, deliver):
    StageFactory(name_fr="")
    notifications.tell_staff()
    staff[0].user.groups.clear()

    assert [letter.to for letter in deliver()] == [[staff[1].user.email]]


def test_whose_account_is_closed_is_not_told(staff):
    staff[1].user.is_active = False
    staff[1].user.save()

    make_person("Mia Member", MembershipState.APPROVED)
    StageFactory(name_fr="")

    notifications.tell_staff()

    assert list(Message.objects.values_list("address", flat=True)) == [staff[0].user.email]
