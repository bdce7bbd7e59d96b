"""Demo meetings: two years of them, made once, open to read for those who may."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command
from django.test import Client

from iqn.mail.models import Message
from iqn.reference.loading import load_reference
from members.models import Person, User
from workgroups.groups.models import Group
from workgroups.meetings.demo import load_demo_meetings
from workgroups.meetings.models import ActionItem, AgendaItem, Decision, Meeting, Proposal

pytestmark = pytest.mark.django_db
COUNTED = (Meeting, AgendaItem, Decision, ActionItem, Proposal, Message)


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    load_reference()
    call_command("load_content")
    call_command("load_demo")


def test_each_state_can_be_seen_and_nothing_comes_twice(demo):
    made = [model.objects.count() for model in COUNTED]

    call_command("load_demo")

    assert [model.objects.count() for model in COUNTED] == made
    nursing = Group.objects.get(slug="nursing")
    assert Counter(nursing.meetings.values_list("state", flat=True)) == {
        "planned": 6,
        "cancelled": 1,
        "not_needed": 1,
    }
    assert Counter(nursing.meetings.held().values_list("outcome_state", flat=True)) == {
        "approved": 4,
        "circulated": 1,
    }
    assert set(nursing.proposals.values_list("state", flat=True)) == {
        "proposed",
        "on_agenda",
        "parked",
        "declined",
    }
    assert nursing.action_items.overdue().count() == 1
    assert set(nursing.action_items.values_list("state", flat=True)) == {"open", "done"}
    engineering = Group.objects.get(slug="engineering")
    assert engineering.meetings.held().first().outcome_state == "draft"


def test_what_is_circulated_comes_onto_the_next_agenda(demo):
    nursing = Group.objects.get(slug="nursing")
    following, circulated = nursing.meetings.upcoming().get(), nursing.meetings.held().first()

    assert following.items.filter(approves=circulated).count() == 1
    assert following.items.filter(carried_from__meeting=circulated).count() == 1
    assert following.answers.count() == 3
    assert following.invited_at is not None


def test_a_group_that_meets_in_earnest_is_left_alone(demo):
    assert load_demo_meetings() == []


def test_its_pages_answer(demo):
    nursing = Group.objects.get(slug="nursing")
    chair = Person.objects.get(user=User.objects.get(email="cochair@example.org"))
    reader = Client()
    reader.force_login(chair.user, backend="members.backends.AccountBackend")

    pages = [meeting.get_absolute_url() for meeting in nursing.meetings.all()]

    assert [reader.get(page).status_code for page in pages] == [200] * 8
