"""One's own account page and profile."""

from __future__ import annotations

import pytest

from iqn.history.models import Event
from members.actions import people
from members.choices import Visibility
from members.errors import SavedMeanwhile
from members.models import Person
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
URL = "/en/account/profile/"


@pytest.fixture
def typed(cast, site_pages):
    """typed(**changes): the whole form as a browser would send it."""
    person = cast.member

    def whole(**changes) -> dict:
        return {
            "version": person.version, "name": person.name, "languages": "en", "language": "en", "about": "",
            "about_language": "en", "occupation": "", "jurisdiction": "", "contact_email": "", "phone": "",
            "website": "", "contact_email_visibility": "staff", "phone_visibility": "staff",
            "website_visibility": "staff", "accepts_messages": "on", **changes,
        }  # fmt: skip

    return whole


def test_what_is_typed_is_saved_and_told_to_staff(cast, sign_in, typed):
    data = typed(
        name="  Mia   Membre ", phone="902 555-0100", phone_visibility="members", website="example.org/mia",
        about="I *assess*.\r\nMore.", languages="en,fr", is_listed_publicly="on",
    )  # fmt: skip

    response = sign_in(cast.member).post(URL, data)

    person = Person.objects.get(pk=cast.member.pk)
    assert response["Location"] == "/en/account/"
    assert (person.name, person.sort_name, person.languages, person.version) == (
        "Mia Membre", "membre mia", "en,fr", 2,
    )  # fmt: skip
    assert (person.phone, person.phone_visibility) == ("902 555-0100", Visibility.MEMBERS)
    assert (person.website, person.about) == ("https://example.org/mia", "I *assess*.\nMore.")
    assert (person.is_listed_publicly, person.accepts_messages) == (True, True)
    event = Event.objects.about(person).get()
    assert (event.for_staff, "902" in str(event.data)) == (True, False)


def test_nothing_changed_is_nothing_told(cast, sign_in, typed):
    sign_in(cast.member).post(URL, typed())

    assert (Person.objects.get(pk=cast.member.pk).version, Event.objects.count()) == (1, 0)


def test_a_form_that_is_too_old_shows_both_and_loses_nothing(cast, sign_in, typed):
    people.edit_profile(by=cast.member, person=cast.member, expected_version=1, phone="902 555-0199")
    client = sign_in(cast.member)

    stale = client.post(URL, typed(phone="902 555-0100", about="Typed for long"))
    page = stale.content.decode()

    assert stale.status_code == 409
    assert '<th scope="row">Telephone</th><td>902 555-0199</td><td>902 555-0100</td>' in page.replace(
        "\n", ""
    )
    assert '<input type="hidden" name="version" value="2">' in page
    assert "Typed for long" in page
    assert problems_of(page) == []
    again = client.post(URL, typed(phone="902 555-0100", about="Typed for long", version=2))
    assert again.status_code == 302
    assert Person.objects.get(pk=cast.member.pk).phone == "902 555-0100"


def test_the_action_refuses_what_is_too_old(cast):
    with pytest.raises(SavedMeanwhile):
        people.edit_profile(by=cast.member, person=cast.member, expected_version=7, phone="1")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write your name."),
        ("name", "See www.example.org", "Write a name here, not a web address."),
        ("name", "x" * 121, "at most 120 characters"),
        ("contact_email", "not an address", "Enter a valid email address."),
        ("website", "javascript:alert(1)", "Write the full address, such as https://example.ca."),
        ("about", "x" * 2001, "at most 2000 characters"),
        ("languages", "tlh", "Select a valid choice"),
        ("phone_visibility", "aliens", "Select a valid choice"),
        ("occupation", "999999", "Select a valid choice"),
        ("phone", "\x00", "Null characters are not allowed."),
        ("version", "two", "Enter a whole number."),
    ],
)
def test_wrong_input_gets_a_sentence_and_saves_nothing(cast, sign_in, typed, field, value, sentence):
    response = sign_in(cast.member).post(URL, typed(**{field: value}))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Person.objects.get(pk=cast.member.pk).version == 1


def test_hostile_text_is_shown_as_text(cast, sign_in, typed):
    client = sign_in(cast.member)
    client.post(URL, typed(about="<script>alert(1)</script> [x](javascript:alert(1))", phone="<b>1</b>"))

    page = client.get(f"/en/members/{cast.member.pk}/").content.decode()

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page


@pytest.mark.parametrize("who", ["applicant", "declined", "member", "staff", "left"])
def test_everyone_with_an_account_sees_their_own(cast, sign_in, site_pages, who):
    person = getattr(cast, who)

    pages = [sign_in(person).get(url).content.decode() for url in ("/en/account/", "/fr/compte/", URL)]

    assert [person.name in page for page in pages] == [True] * 3
    assert [problems_of(page) for page in pages] == [[], [], []]


def test_the_account_says_the_state_and_since_when(cast, sign_in, site_pages):
    page = sign_in(cast.applicant).get("/en/account/").content.decode()

    assert "<strong>Application received</strong>, since" in page


def test_queries_of_the_account(cast, sign_in, site_pages, django_assert_num_queries):
    client = sign_in(cast.member)

    with django_assert_num_queries(5):
        client.get("/en/account/")
