"""Who has no open account gets no mail: neither when a letter would be queued nor when its turn comes."""

from __future__ import annotations

import pytest

from initiatives.actions import comments
from initiatives.actions import initiatives as postings
from iqn.mail.models import Message, MessageState
from members.actions import applications, people
from members.models import User
from tests.factories.members import PersonFactory, make_person

pytestmark = pytest.mark.django_db


def close(person) -> None:
    User.objects.filter(pk=person.user_id).update(is_active=False)


def test_an_address_is_that_of_an_open_account():
    person = make_person("Alder Demo")

    assert person.mail_address == "alder.demo@example.org"
    person.user.is_active = False
    assert (person.mail_address, PersonFactory.build(user=None).mail_address) == ("", "")


def test_who_left_hears_nothing_more_of_postings_and_comments(world):
    people.leave(by=world.author, name_on_posts="kept")
    people.leave(by=world.member, name_on_posts="kept")
    Message.objects.all().delete()

    postings.hide(initiative=world.initiative, by=world.staff, reason="It names a patient.")
    postings.restore(initiative=world.initiative, by=world.staff)
    comments.hide_comment(comment=world.comment, reason_en="Off", reason_fr="Hors", by=world.staff)
    comments.restore_comment(comment=world.comment, by=world.staff)

    assert Message.objects.count() == 0
    postings.hide(initiative=world.others_initiative, by=world.staff, reason="It names a patient.")
    assert Message.objects.get().recipient == world.other_author


def test_what_waits_is_dropped_once_the_account_is_closed(world, deliver):
    postings.hide(initiative=world.initiative, by=world.staff, reason="It names a patient.")
    comments.hide_comment(comment=world.comment, reason_en="Off", reason_fr="Hors", by=world.staff)
    applications.ask(
        application=world.applicant.applications.get(), by=world.staff, text="Where do you work?"
    )
    for person in (world.author, world.member, world.applicant):
        close(person)

    assert deliver() == []
    assert list(Message.objects.values_list("state", flat=True)) == [MessageState.DROPPED] * 3


def test_staff_may_decide_on_an_application_whose_account_is_closed(world):
    close(world.applicant)

    applications.ask(
        application=world.applicant.applications.get(), by=world.staff, text="Where do you work?"
    )

    assert Message.objects.count() == 0
