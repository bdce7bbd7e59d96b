"""Demo people: made once, printed at every start, never outside demo mode."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from iqn.reference.loading import load_reference
from members import demo
from members.choices import MembershipState
from members.models import MembershipApplication, Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_mode(settings, tmp_path):
    settings.DEMO = True
    settings.DATA_DIR = tmp_path
    return tmp_path / "demo_password"


def test_nothing_outside_demo_mode(db):
    with pytest.raises(CommandError, match="in demo mode only"):
        call_command("load_demo")


def test_content_comes_first(demo_mode):
    with pytest.raises(CommandError, match="load_content"):
        call_command("load_demo")


def test_accounts_are_made_once_and_printed_every_time(demo_mode, capsys):
    load_reference()
    call_command("load_demo")
    first = capsys.readouterr().out
    people = Person.objects.count()

    call_command("load_demo")

    password = demo_mode.read_text().strip()
    assert (demo_mode.stat().st_mode & 0o777, len(password) > 12) == (0o600, True)
    assert capsys.readouterr().out == first
    assert [
        account + "@example.org" in first
        for account in ("staff", "cochair", "member", "author", "council", "applicant")
    ] == [True] * 6
    assert (Person.objects.count(), people) == (len(demo.PEOPLE), len(demo.PEOPLE))
    assert {u.standing for u in User.objects.all()} == {
        None, MembershipState.APPROVED, MembershipState.APPLIED, MembershipState.NEEDS_INFORMATION,
    }  # fmt: skip
    assert [u.email for u in User.objects.all() if u.is_staff] == ["staff@example.org"]
    assert not User.objects.filter(is_superuser=True).exists()
    assert MembershipApplication.objects.waiting_for_staff().count() == 2


def test_the_password_opens_every_account(demo_mode, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    load_reference()
    call_command("load_demo")

    answer = Client().post(
        "/en/accounts/sign-in/", {"login": "member@example.org", "password": demo_mode.read_text().strip()}
    )

    assert answer["Location"] == "/en/"


def test_a_lost_password_is_made_anew_for_everyone(demo_mode):
    load_reference()
    call_command("load_demo")
    demo_mode.unlink()

    call_command("load_demo")

    password = demo_mode.read_text().strip()
    assert [u.check_password(password) for u in User.objects.filter(email__startswith="a")[:2]] == [
        True,
        True,
    ]


def test_an_author_who_changed_the_address_does_not_stop_the_start(demo_mode):
    load_reference()
    call_command("load_demo")
    User.objects.filter(email="author@example.org").update(email="other@example.org")

    call_command("load_demo")

    assert Person.objects.filter(name="Demo Author").count() == 1


def test_what_somebody_changed_stays(demo_mode):
    load_reference()
    call_command("load_demo")
    Person.objects.filter(name="Demo Member").update(phone="902 555-0100")

    call_command("load_demo")

    assert Person.objects.get(name="Demo Member").phone == "902 555-0100"
