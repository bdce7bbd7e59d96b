"""The command that makes the first staff account."""

import io
import sys
from contextlib import contextmanager

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from iqn.history.models import Event
from members.actions import account
from members.choices import STAFF_GROUP, MembershipState
from members.management.commands import create_staff
from members.models import Person, User
from tests.factories.members import PASSWORD, UserFactory, make_person

pytestmark = pytest.mark.django_db
NEW = "umbrella-granite-violin-27"


@contextmanager
def _terminal(monkeypatch, *answers):
    """Somebody sits there and types."""
    typed = iter(answers)
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        patch.setattr(create_staff.getpass, "getpass", lambda prompt: next(typed))
        yield


def _run(*arguments) -> str:
    out = io.StringIO()
    call_command("create_staff", *arguments, stdout=out)
    return out.getvalue()


def test_generating_a_password():
    out = _run("Sam@Example.org", "--name", "  Sam   Staff ", "--generate", "--language", "fr")

    user = User.objects.get(email="sam@example.org")
    password = next(line for line in out.splitlines() if "Password" in line).split(": ")[1]
    assert user.check_password(password)
    assert len(password) == 23
    assert user.is_staff is True
    assert not user.is_superuser
    assert (user.person.name, user.person.language) == ("Sam Staff", "fr")
    assert EmailAddress.objects.filter(
        user=user, email="sam@example.org", verified=True, primary=True
    ).exists()
    [event] = Event.objects.about(user.person)
    assert (event.sentence_en, event.actor, event.for_staff) == ("IQN made Sam Staff FCRO staff", None, True)


def test_asking_for_a_password(monkeypatch):
    with _terminal(monkeypatch, NEW, NEW):
        out = _run("sam@example.org", "--name", "Sam Staff")

    assert User.objects.get().check_password(NEW)
    assert NEW not in out


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [((NEW, NEW + "!"), "differ"), (("password", "password"), "too short"), (("sam@example.org.", "sam@example.org."), "easy to guess")],
)  # fmt: skip
def test_a_bad_password_changes_nothing(monkeypatch, typed, complaint):
    with _terminal(monkeypatch, *typed), pytest.raises(CommandError, match=complaint):
        _run("sam@example.org", "--name", "Sam Staff")

    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nonsense", "--name", "Sam"), "not an e-mail address"),
        (("sam@example.org",), "needs a name"),
        (("sam@example.org", "--name", "   "), "needs a name"),
        (("sam@example.org", "--name", "x" * 121), "longer than 120"),
        (("sam@example.org", "--name", "Sam"), "Use --generate"),  # no terminal in tests
    ],
)
def test_complaints(arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        _run(*arguments)

    assert User.objects.count() == 0


def test_promoting_a_member_keeps_the_password():
    person = make_person("Mia Member", MembershipState.APPROVED)

    out = _run(person.user.email.upper())

    user = User.objects.get(pk=person.user_id)
    assert user.is_staff is True
    assert user.check_password(PASSWORD)
    assert "stays as it was" in out
    assert Person.objects.get() == person
    _run(person.user.email)
    assert list(user.groups.all()) == [Group.objects.get(name=STAFF_GROUP)]


def test_a_second_address_finds_its_owner():
    person = make_person("Mia Member", MembershipState.APPROVED)
    EmailAddress.objects.create(user=person.user, email="second@example.org", verified=True)

    _run("second@example.org")

    assert User.objects.get().is_staff


def test_an_unproven_account_gets_a_new_password():
    """Whoever registered with somebody else's address must not become staff."""
    squatter = UserFactory(email="boss@example.org", verified=False)
    with pytest.raises(ValidationError):
        account.make_staff(by=None, email="boss@example.org", name="Boss", password=None)
    squatter.refresh_from_db()
    assert not squatter.groups.exists()

    _run("boss@example.org", "--name", "Boss", "--generate")

    squatter.refresh_from_db()
    assert not squatter.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=squatter).verified


def test_a_closed_account_opens_again():
    person = make_person("Mia Member")
    person.user.is_active = False
    person.user.save()

    _run(person.user.email)

    assert User.objects.get().is_staff


def test_staff_can_be_made_by_somebody():
    by = make_person("Sam Staff", staff=True)

    made = account.make_staff(by=by, email="new@example.org", name="New Staff", password=NEW)

    assert (
        Event.objects.about(made).get().sentence_fr
        == "Sam Staff a donné à New Staff le rôle de membre du personnel"
    )
