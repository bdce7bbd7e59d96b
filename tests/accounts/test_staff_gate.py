"""Staff need a second factor; the admin has no door of its own; the admin speaks the account's language."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import translation

from members.choices import MembershipState
from members.middleware import ASKED_FOR
from tests.factories.members import PASSWORD, TOTP_SECRET, make_person

pytestmark = pytest.mark.django_db
ADMIN = "/admin/"


def _app_code(secret: str = TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def bare(site_pages):
    return make_person("Boris Bare", staff=True, second_factor=False)


def test_without_one_everything_leads_to_enrolling(sign_in, bare):
    client = sign_in(bare)
    for path in (ADMIN, reverse("portal:home"), reverse("portal:queue"), reverse("members:person-list")):
        assert client.get(path)["Location"] == reverse("mfa_index")
    assert client.post(reverse("members:leave"))["Location"] == reverse("mfa_index")
    assert client.get("/en/no-such-page/").status_code == 404

    assert "Staff sign in with a second factor" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_enrolling_opens_the_page_asked_for(sign_in, bare, django_capture_on_commit_callbacks):
    client = sign_in(bare)
    client.get(f"{ADMIN}?x=1")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": _app_code(secret)})

    page = client.get(reverse("mfa_index")).content.decode()
    assert f'href="{ADMIN}?x=1"' in page
    assert client.get(ADMIN).status_code == 200


def test_demo_staff_may_go_without(sign_in, bare, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False

    assert sign_in(bare).get(ADMIN).status_code == 200


def test_members_may_go_without(sign_in, site_pages):
    member = make_person("Mia Member", MembershipState.APPROVED)
    client = sign_in(member)

    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get("/en/no-such-page/").status_code == 404
    assert ASKED_FOR not in client.session


def test_losing_the_factor_closes_the_door_at_once(sign_in, site_pages):
    staff = make_person("Sam Staff", staff=True)
    client = sign_in(staff)
    assert client.get(ADMIN).status_code == 200

    staff.user.authenticator_set.all().delete()
    assert client.get(ADMIN)["Location"] == reverse("mfa_index")


def test_the_gate_costs_no_query(sign_in, site_pages, django_assert_num_queries):
    staff, member = make_person("Sam Staff", staff=True), make_person("Mia Member", MembershipState.APPROVED)
    counts = []
    for person in (staff, member):
        client = sign_in(person)
        with django_assert_num_queries(2):  # the session, and its reader
            client.get(reverse("account_inactive"))
        counts.append(person)
    assert len(counts) == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_admin_leads_to_the_portals_sign_in_and_back(language, site_pages, client):
    staff = make_person("Sam Staff", staff=True, language=language)
    client.cookies["iqn_language"] = language
    asked = "/admin/members/membershipapplication/"
    with translation.override(language):
        door, _ = client.get(asked, follow=True).redirect_chain[-1]
        assert door == f"{reverse('account_login')}?next={asked}"
        answer = client.post(
            reverse("account_login"), {"login": staff.user.email, "password": PASSWORD, "next": asked}
        )
        assert answer["Location"] == reverse("mfa_authenticate")
        client.post(answer["Location"], {"code": _app_code()})
        assert client.post(reverse("mfa_trust"), {"action": "skip"})["Location"] == asked


def test_whoever_is_not_staff_is_sent_home_from_the_admin(sign_in, site_pages):
    client = sign_in(make_person("Mia Member", MembershipState.APPROVED))
    first = client.get(ADMIN)

    assert first.status_code == 302
    assert client.get(first["Location"])["Location"] in (reverse("portal:home"), "/fr/")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/admin/members/person/", "/admin/members/person/"), ("//evil.example/", ADMIN), ("https://evil.example", ADMIN), ("", ADMIN)],
)  # fmt: skip
def test_staff_who_are_signed_in_pass_the_admins_door(sign_in, site_pages, asked, leads_to):
    client = sign_in(make_person("Sam Staff", staff=True))

    assert client.get("/admin/login/", {"next": asked})["Location"] == leads_to


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What staff look after"), ("fr", "Ce dont le personnel")]
)
def test_the_admin_speaks_the_language_of_the_account(sign_in, site_pages, language, words):
    staff = make_person("Sam Staff", staff=True, language=language)

    assert words in sign_in(staff).get(ADMIN).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What staff look after"), ("fr", "Ce dont le personnel")]
)
def test_the_admin_goes_on_in_the_language_last_worked_in(sign_in, site_pages, language, words):
    other = {"en": "fr", "fr": "en"}[language]
    client = sign_in(make_person("Sam Staff", staff=True, language=other))
    client.get(f"/{language}/")

    assert words in client.get(ADMIN).content.decode()


def test_the_language_is_changed_in_the_admin_itself(sign_in, site_pages):
    client = sign_in(make_person("Sam Staff", staff=True, language="en"))
    page = client.get("/admin/members/person/").content.decode()

    answer = client.post("/language/", {"language": "fr", "next": "/admin/members/person/"})

    assert '<button name="language" value="fr" lang="fr">Français</button>' in page
    assert answer["Location"] == "/admin/members/person/"
    assert "<h1>Personnes</h1>" in client.get("/admin/members/person/").content.decode()


def test_a_cookie_of_no_language_is_passed_over(sign_in, site_pages):
    client = sign_in(make_person("Sam Staff", staff=True, language="fr"))
    client.cookies["iqn_language"] = "xx"

    assert "Ce dont le personnel" in client.get(ADMIN).content.decode()


def test_demo_settings_take_the_password_alone():
    """Read as text: two settings modules do not fit into one process."""
    from pathlib import Path

    from django.conf import settings

    demo = (Path(settings.BASE_DIR) / "iqn" / "settings" / "demo.py").read_text()
    assert "ACCOUNT_LOGIN_BY_CODE_REQUIRED = False" in demo
    assert "STAFF_NEED_SECOND_FACTOR = False" in demo


def test_with_demo_settings_a_factor_is_still_asked_of_whoever_has_one(settings, site_pages):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    settings.STAFF_NEED_SECOND_FACTOR = False
    plain, secured = make_person("Pia Plain", MembershipState.APPROVED), make_person("Sam Staff", staff=True)
    answers = {}
    for person in (plain, secured):
        response = Client().post(reverse("account_login"), {"login": person.user.email, "password": PASSWORD})
        answers[person.name] = response["Location"]

    assert answers == {"Pia Plain": reverse("portal:home"), "Sam Staff": reverse("mfa_authenticate")}
