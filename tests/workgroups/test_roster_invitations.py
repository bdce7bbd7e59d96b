"""A person on a roster without an account is invited, and the two are joined."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from members.choices import Visibility
from members.models import Person
from tests.factories.members import PersonFactory
from tests.factories.workgroups import SeatFactory, TermFactory
from workgroups.groups import joining
from workgroups.groups.actions import invitations as actions
from workgroups.groups.errors import HasAnAccount, InvitationUsed, NoAddress, TermsOverlap
from workgroups.groups.models import RosterInvitation
from workgroups.meetings.actions import invitations, meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(table):
    person = PersonFactory(user=None, name="Nora Noaccount")
    return TermFactory(seat=SeatFactory(group=table.group), person=person, email="nora@example.org")


@pytest.fixture
def link(table, term, deliver):
    actions.invite(by=table.co_chair, term=term)
    (letter,) = deliver()
    assert letter.to == ["nora@example.org"]
    return re.search(r"http://[^/]+(/en/\S+)", letter.body)[1]


def test_the_letter_speaks_both_languages(table, term, deliver, sign_in):
    path = reverse("groups:term-invite", args=["nursing", term.pk])
    assert "nora@example.org" in sign_in(table.co_chair).get(path).content.decode()
    assert sign_in(table.roster).get(path).status_code == 403

    assert sign_in(table.co_chair).post(path).status_code == 302

    (letter,) = deliver()
    assert letter.subject == "Your seat in a work group | Votre siège dans un groupe de travail"
    assert "Nora Noaccount" in letter.body
    assert "- Soins infirmiers" in letter.body
    assert "/fr/groupes-de-travail/invitations/" in letter.body


def test_from_the_letter_to_the_account(table, term, link, client, sign_in):
    before = RosterInvitation.objects.get()
    page = client.get(link)
    assert page.status_code == 200
    assert "Nora Noaccount" in page.content.decode()
    assert "/sign-in/" in client.post(link)["Location"]
    newcomer = PersonFactory(name="Nora Newcomer")
    mine = sign_in(newcomer)
    assert "signed in as Nora Newcomer" in mine.get(link).content.decode()
    term.refresh_from_db()
    assert (term.person, before.accepted_at) == (before.person, None)  # looking changes nothing

    assert mine.post(link)["Location"] == reverse("groups:mine")

    term.refresh_from_db()
    assert (term.person, term.email, term.address) == (newcomer, "", newcomer.user.email)
    assert "been used already" in client.get(link).content.decode()
    assert (
        sign_in(Person.objects.get(pk=newcomer.pk)).get(reverse("groups:mine")).context["rows"][0]["group"]
        == table.group
    )
    with pytest.raises(InvitationUsed):
        actions.accept(by=newcomer, invitation=before)
    with pytest.raises(HasAnAccount):
        actions.invite(by=table.co_chair, term=term)


def test_whoever_was_invited_to_a_meeting_hears_that_it_is_off(table, term, link, sign_in, deliver):
    invitations.invite_roster(meeting=table.meeting, by=table.co_chair)
    invited = {letter.to[0] for letter in deliver()}
    newcomer = PersonFactory(name="Nora Newcomer")
    assert sign_in(newcomer).post(link).status_code == 302

    table.meeting.refresh_from_db()
    meetings.cancel_meeting(meeting=table.meeting, reason="Storm", language="en", by=table.co_chair)

    told = {letter.to[0] for letter in deliver()}
    assert invited - told == {"nora@example.org"}
    assert told - invited == {newcomer.user.email}


def test_of_two_invitations_one_is_used(table, term, link, client):
    actions.invite(by=table.co_chair, term=term)
    first, second = RosterInvitation.objects.order_by("pk")
    newcomer, another = PersonFactory(), PersonFactory()

    actions.accept(by=newcomer, invitation=second)

    with pytest.raises(InvitationUsed):
        actions.accept(by=another, invitation=first)
    assert "been used already" in client.get(link).content.decode()
    assert list(newcomer.terms.all()) == [term]


def test_used_late_or_altered_or_for_nobody(term, link, client):
    assert client.get(link[:-3] + "x/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert client.get(link).status_code == 410
    with translation.override("fr"):
        french = reverse("groups:invitation-accept", args=[link.rstrip("/").split("/")[-1]])
    assert "Votre siège dans un groupe de travail" in client.get(french).content.decode()
    RosterInvitation.objects.all().delete()
    assert client.get(link).status_code == 410


def test_no_letter_after_the_reason_is_gone(table, term, deliver):
    actions.invite(by=table.co_chair, term=term)
    term.until = timezone.localdate()
    term.save()

    assert deliver() == []


def test_both_sat_on_one_seat(table, term, link, sign_in):
    other = PersonFactory()
    TermFactory(seat=term.seat, person=other)

    response = sign_in(other).post(link)

    assert response.status_code == 409
    assert str(TermsOverlap.sentence) in response.content.decode()
    assert RosterInvitation.objects.get().accepted_at is None


def test_what_cannot_be_invited_or_accepted(table, term, sign_in):
    invitation = actions.invite(by=table.co_chair, term=term)
    term.email = ""
    term.save()
    with pytest.raises(NoAddress):
        actions.invite(by=table.co_chair, term=term)
    path = reverse("groups:term-invite", args=["nursing", term.pk])
    assert sign_in(table.co_chair).post(path).status_code == 409
    assert (
        sign_in(table.co_chair)
        .get(reverse("groups:term-invite", args=["nursing", table.roster.terms.get().pk]))
        .status_code
        == 200
    )
    term.person.user = PersonFactory().user
    Person.objects.filter(user=term.person.user).update(user=None)
    term.person.save()
    with pytest.raises(HasAnAccount):
        actions.accept(by=table.member, invitation=invitation)


def test_other_apps_move_what_is_theirs(table, term, monkeypatch):
    moved = []
    monkeypatch.setattr(joining, "_movers", [])
    joining.register(lambda old, new: moved.append((old.name, new.name)))

    actions.accept(by=table.member, invitation=actions.invite(by=table.co_chair, term=term))

    assert moved == [("Nora Noaccount", "Mia Member")]


def test_contact_details_for_ones_groups(table):
    person = table.roster
    person.contact_email, person.contact_email_visibility = "rosa@example.org", Visibility.GROUPS
    person.save()
    seen = {name: bool(person.contact_details_for(other.user)) for name, other in table.people.items()}

    assert seen == {
        "roster": True, "alternate": True, "secretary": True, "co_chair": True, "staff": True,
        "other_co_chair": False, "former_co_chair": False, "member": False,
    }  # fmt: skip
    TermFactory(
        seat=SeatFactory(group=None, title="Consultant"), person=table.former_co_chair, role="co_chair"
    )
    consultant = Person.objects.get(pk=table.former_co_chair.pk)
    assert person.contact_details_for(consultant.user) == [("contact_email", "rosa@example.org")]
    from django.contrib.auth.models import AnonymousUser

    assert person.contact_details_for(AnonymousUser()) == []


def test_contact_details_of_whoever_sits_in_every_group_and_of_whoever_left(table):
    """What somebody keeps for their groups is for those who sit with them today."""
    people = {"consultant": PersonFactory(), "former": table.former_co_chair}
    TermFactory(seat=SeatFactory(group=None, title="Consultant"), person=people["consultant"])
    for person in people.values():
        person.contact_email, person.contact_email_visibility = "c@example.org", Visibility.GROUPS
        person.save()
    readers = {"of the group": table.roster, "of another": table.other_co_chair, "of none": table.member}

    seen = {
        who: [name for name, reader in readers.items() if person.contact_details_for(reader.user)]
        for who, person in people.items()
    }

    assert seen == {"consultant": ["of the group", "of another"], "former": []}
    assert people["former"].contact_details_for(table.staff.user) == [("contact_email", "c@example.org")]
