"""Which passwords are refused, and in which words."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from members.models import User
from tests.factories.members import make_person

BAD = [
    "", "a", "short-words", "passwordpassword", "Password123456!", "123456789012", "qwertyuiopas", "111111111111",
    "aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "iloveyouiloveyou", "motdepassemotdepasse", "letmeinletmein", "2013201320132013",
    "azertyuiopqs", "IQN-portal-2026", "fcro-network-canada", "credentialcredential", "nursing-engineer", "qualifications2026",
    "qwerty-qwerty-1", "dragonmonkey1", "monkeymonkeymonkey", "P@ssw0rdP@ssw0rd", "mia.member@example.org", "miamember2026",
    "MemberMiaMember!", "mia-member-mia-1", "000000000000000000", "qazwsxedcrfv", "İ" * 40,
]  # fmt: skip
GOOD = [
    "umbrella-granite-violin-27", "lantern harbour quilt 93", "correcthorsebatterystaple", "phare édredon bouleau 41",
    "Tr0ub4dor&3-but-longer", "vélo-citrouille-archipel", "7yHq-9xPd-2mKc-4vTn", "ナースの資格を認める会議",
    "мой дядя самых честных правил", "x" * 40 + "umbrella granite violin harbour" * 20,
]  # fmt: skip


@pytest.fixture
def user(db):
    return make_person("Mia Member").user


@pytest.mark.parametrize("password", BAD)
def test_bad(user, password):
    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.mark.parametrize("password", GOOD)
def test_good(user, password):
    assert validate_password(password, user) is None


def test_there_are_enough():
    assert (len(set(BAD)), len(set(GOOD))) == (31, 10)


def test_without_a_person_yet():
    with pytest.raises(ValidationError):
        validate_password("featherstonehaugh@example.org", User(email="featherstonehaugh@example.org"))
    assert validate_password("umbrella-granite-violin-27") is None


def test_the_reason_is_said_in_french(user):
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        validate_password("motdepassemotdepasse", user)

    assert refused.value.messages == [
        "Ce mot de passe est facile à deviner. Employez plusieurs mots qui n’ont rien à voir ensemble."
    ]
