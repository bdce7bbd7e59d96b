"""Signed links from mails: scoped, expiring, tamper-proof."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings

from iqn import links


def test_a_token_gives_back_what_was_signed():
    signed = links.token("members.reference", application=12, kind="é")

    assert links.read("members.reference", signed) == {"application": 12, "kind": "é"}


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "é" * 400, lambda t: "::"]
)
def test_a_damaged_token_opens_nothing(spoil):
    signed = links.token("members.reference", application=12)

    with pytest.raises(links.LinkDamaged):
        links.read("members.reference", spoil(signed))


def test_a_token_of_one_purpose_opens_no_other():
    signed = links.token("members.reference", application=12)

    with pytest.raises(links.LinkDamaged):
        links.read("mail.unsubscribe", signed)


def test_a_token_lasts_thirty_days():
    with time_machine.travel("2026-03-01 12:00 -0400", tick=False) as clock:
        signed = links.token("members.reference", application=12)
        clock.shift(links.LASTS)
        assert links.read("members.reference", signed) == {"application": 12}
        clock.shift(timedelta(seconds=1))
        with pytest.raises(links.LinkExpired):
            links.read("members.reference", signed)


def test_a_token_survives_the_rotation_of_the_key():
    signed = links.token("members.reference", application=12)

    with override_settings(
        SECRET_KEY="a-new-key", SECRET_KEY_FALLBACKS=["only-for-tests-and-nothing-else-0123456789-abcdefghij"]
    ):
        assert links.read("members.reference", signed) == {"application": 12}


def test_addresses_in_mails_are_whole_and_in_one_language():
    with override_settings(SITE_ORIGIN="https://iqn.example"):
        assert links.absolute("members:application-status", "en") == "https://iqn.example/en/application/"
        assert links.absolute("members:application-status", "fr").startswith("https://iqn.example/fr/")
