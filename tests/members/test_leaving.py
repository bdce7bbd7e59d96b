"""Leaving: a choice about one's name, never a cascade."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.utils import translation

from iqn.history.models import Event
from members.actions import messages, people
from members.choices import MembershipState
from members.errors import StaffStay
from members.models import Affiliation, Person, User
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.factories.members import PASSWORD, make_person
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
URL = "/en/account/leave/"


def _seen(account, client) -> None:
    """What signing in by the page leaves: the device stands in the list of devices."""
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="Demo")


@pytest.fixture
def confirmed(client):
    """confirmed(person): a client whose person has just typed the password again."""

    def signed_in(person):
        client.force_login(person.user, backend="members.backends.AccountBackend")
        asked = client.get(URL)
        assert asked.status_code == 302
        back = client.post(asked["Location"], {"password": PASSWORD})
        assert back["Location"] == URL
        return client

    return signed_in


@pytest.fixture
def member(cast, site_pages):
    person = cast.member
    person.phone, person.contact_email, person.about = "902 555-0100", "mia@example.org", "I assess."
    person.is_listed_publicly = True
    person.save()
    return person


def test_leaving_under_ones_name(member, confirmed, deliver):
    post = InitiativeFactory(author=member)
    comment = CommentFactory(author=member)
    client = confirmed(member)

    response = client.post(URL, {"name_on_posts": "kept", "understood": "on"})

    person, account = Person.objects.get(pk=member.pk), User.objects.get(pk=member.user_id)
    assert (response["Location"], response.wsgi_request.user.is_authenticated) == ("/en/", False)
    assert ["You have left the network." in str(m) for m in get_messages(response.wsgi_request)] == [True]
    assert (person.display_name, person.user) == ("Mia Member", account)
    assert (person.phone, person.contact_email, person.about) == ("", "", "")
    assert (person.is_listed_publicly, person.accepts_messages) == (False, False)
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert person.applications.get().state == MembershipState.LEFT
    post.refresh_from_db()
    comment.refresh_from_db()
    assert (post.author, comment.author) == (person, person)
    assert Affiliation.objects.filter(person=person).count() == 1
    letters = deliver()
    assert [(m.to, m.subject) for m in letters] == [
        ([account.email], "You have left the International Qualifications Network")
    ]
    assert "What you posted stays readable under your name." in letters[0].body


def test_nobody_can_read_what_was_wiped_in_earlier_versions(member):
    people.leave(by=member, name_on_posts="kept")

    versions = apps.get_model("members", "PersonVersion").objects.filter(pgh_obj_id=member.pk)
    assert versions.count() >= 2
    assert set(versions.values_list("phone", "contact_email", "about")) == {("", "", "")}


def test_as_former_member_the_name_goes_from_posts_and_history(member, deliver):
    Event.objects.create(
        actor=member, actor_name="Mia Member", verb="x.y", sentence_en="Mia Member did it.",
        sentence_fr="Mia Member l’a fait.", target_kind=ContentType.objects.get_for_model(Person), target_id=1,
    )  # fmt: skip

    people.leave(by=member, name_on_posts="former_member")

    person = Person.objects.get(pk=member.pk)
    event = Event.objects.get(verb="x.y")
    with translation.override("fr"):
        assert (person.display_name, person.name) == ("Ancien membre", "Mia Member")
    assert (event.actor_name, event.sentence_en, event.sentence_fr) == (
        "Former member", "Former member did it.", "Ancien membre l’a fait.",
    )  # fmt: skip
    assert not Event.objects.filter(actor=person, sentence_en__contains="Mia").exists()
    assert "“former member” stands in place of your name" in deliver()[0].body


def test_as_former_member_the_name_goes_from_what_others_did_too(cast):
    messages.write_to_person(by=cast.author, person=cast.member, text="Good morning.")
    people.edit_profile(by=cast.staff, person=cast.member, expected_version=1, about="Corrected")
    messages.write_to_person(by=cast.author, person=cast.other_author, text="Good morning.")

    people.leave(by=cast.member, name_on_posts="former_member")

    assert list(
        Event.objects.exclude(actor=cast.member).order_by("pk").values_list("actor_name", "sentence_en")
    ) == [
        ("Amir Author", "Amir Author wrote to Former member through the portal."),
        ("Sam Staff", "Sam Staff changed the profile of Former member."),
        ("Amir Author", "Amir Author wrote to Olga Other through the portal."),
    ]
    assert not Event.objects.filter(sentence_fr__contains="Mia").exists()


def test_every_device_is_signed_out(member, confirmed, sign_in):
    other_device = sign_in(member)
    assert other_device.get("/en/account/").status_code == 200

    _seen(member.user, other_device)

    confirmed(member).post(URL, {"name_on_posts": "kept", "understood": "on"})

    assert other_device.get("/en/account/").status_code == 302
    assert not Session.objects.filter(
        session_key=other_device.cookies[settings.SESSION_COOKIE_NAME].value
    ).exists()


def test_an_applicant_withdraws(cast):
    people.leave(by=cast.applicant, name_on_posts="kept")

    assert cast.applicant.applications.get().state == MembershipState.LEFT
    assert not User.objects.get(pk=cast.applicant.user_id).is_active


def test_somebody_declined_only_closes_the_account(cast):
    people.leave(by=cast.declined, name_on_posts="kept")

    assert cast.declined.applications.get().state == MembershipState.DECLINED
    assert not User.objects.get(pk=cast.declined.user_id).is_active


def test_staff_do_not_leave_by_this_door(cast, sign_in, site_pages):
    without_account = make_person("Alder Demo")
    without_account.user = None
    without_account.save()

    assert sign_in(cast.staff).get(URL).status_code == 403
    for person in (cast.staff, without_account):
        with pytest.raises(StaffStay):
            people.leave(by=person, name_on_posts="kept")


def test_the_choice_must_be_made(member, confirmed):
    page = confirmed(member).post(URL, {}).content.decode()

    assert "Choose what becomes of your posts." in page
    assert "Confirm that your account closes at once." in page
    assert problems_of(page) == []
    assert User.objects.get(pk=member.user_id).is_active


def test_a_post_that_comes_too_late_asks_for_the_password_again(member, sign_in):
    client = sign_in(member)

    late = client.post(
        URL,
        {"name_on_posts": "kept", "understood": "on", "submission": "0b54ad6e-95cf-4b0f-8a2e-7e2f6f1c4c11"},
    )

    assert late["Location"] == URL
    assert "/confirm/" in client.get(URL)["Location"]
    assert User.objects.get(pk=member.user_id).is_active


def test_the_letter_is_in_the_language_of_the_person(member, deliver):
    member.language = "fr"
    member.save()

    people.leave(by=member, name_on_posts="kept")

    assert deliver()[0].subject == "Vous avez quitté le Réseau des qualifications internationales"


def test_staff_close_and_open_accounts(cast, sign_in, site_pages):
    client = sign_in(cast.member)
    client.get("/en/account/")
    account = cast.member.user
    _seen(account, client)

    people.set_account_active(by=cast.staff, account=account, is_active=False)
    people.set_account_active(by=cast.staff, account=account, is_active=False)
    closed = client.get("/en/account/").status_code
    people.set_account_active(by=cast.staff, account=account, is_active=True)

    assert (closed, User.objects.get(pk=account.pk).is_active) == (302, True)
    assert client.get("/en/account/").status_code == 302  # opened again, and every device signs in anew
    assert sign_in(cast.member).get("/en/account/").status_code == 200
    assert Event.objects.filter(verb="members.account_changed").count() == 2
    with pytest.raises(StaffStay):
        people.set_account_active(by=cast.staff, account=cast.staff.user, is_active=False)
