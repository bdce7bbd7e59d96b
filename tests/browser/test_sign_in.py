"""Registering and signing in as people do: on a telephone without scripts, with a passkey, with an app."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from members.choices import MembershipState
from members.models import Person
from tests.accounts.letters import code_in
from tests.browser.journey import press
from tests.factories.members import PASSWORD, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _app_code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def _give_password(page, email: str, button: str = "Sign in") -> None:
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    press(page.get_by_role("main").get_by_role("button", name=button, exact=True))


def _listen(page) -> list[str]:
    """What the browser complains about: above all the policy."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def test_registering_in_french_on_a_telephone_without_scripts(open_page, deliver, site_pages, shoot):
    page = open_page(width=390, height=844, js=False, locale="fr-CA")
    page.goto("/fr/comptes/inscription/")
    shoot(page, "signup-fr-390")
    press(page.get_by_role("main").get_by_role("button", name="Créer mon compte"))
    assert page.locator("#errors li").count() == 3
    shoot(page, "signup-errors-fr-390")
    page.fill("#id_name", "Nadia Nouvelle")
    page.fill("#id_email", "nadia@example.org")
    page.fill("#id_password1", PASSWORD)
    press(page.get_by_role("main").get_by_role("button", name="Créer mon compte"))

    assert page.get_by_role("heading", level=1).inner_text() == "Confirmez votre adresse courriel"
    shoot(page, "signup-code-fr-390")
    [letter] = deliver()
    page.fill("#id_code", code_in(letter))
    press(page.get_by_role("button", name="Continuer"))
    assert page.url.endswith("/fr/demande/nouvelle/") or "/fr/" in page.url
    assert Person.objects.get().name == "Nadia Nouvelle"

    press(page.get_by_role("button", name="Se déconnecter"))
    page.goto("/fr/comptes/connexion/")
    assert page.locator("[data-passkey]").is_hidden()
    shoot(page, "login-fr-390")
    _give_password(page, "nadia@example.org", "Se connecter")
    shoot(page, "login-code-fr-390")
    [letter] = deliver()
    page.fill("#id_code", code_in(letter))
    press(page.get_by_role("main").get_by_role("button", name="Se connecter", exact=True))
    shoot(page, "trust-fr-390")
    press(page.get_by_role("button", name="Toujours demander le code"))
    assert page.get_by_role("button", name="Se déconnecter").is_visible()


def test_a_passkey_signs_in_alone(open_page, deliver, site_pages, shoot, settings):
    settings.ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
    person = make_person("Mia Member", MembershipState.APPROVED)
    page = open_page()
    complaints = _listen(page)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    page.goto("/en/accounts/sign-in/")
    assert page.get_by_role("button", name="Sign in with a passkey").is_visible()
    shoot(page, "login-en-1280")
    _give_password(page, person.user.email)
    page.wait_for_url("**/en/")

    page.goto("/en/accounts/security/")
    shoot(page, "security-en-1280")
    press(page.get_by_role("link", name="Add a passkey"))
    page.fill("#id_password", PASSWORD)
    shoot(page, "reauthenticate-en-1280")
    press(page.get_by_role("main").get_by_role("button", name="Continue"))
    shoot(page, "passkey-add-en-1280")
    page.fill("#id_name", "Laptop at work")
    press(page.get_by_role("button", name="Add the passkey"))
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    shoot(page, "recovery-codes-en-1280")
    [notice] = deliver()
    assert notice.subject == "A passkey was added to your IQN account"
    page.goto("/en/accounts/security/passkeys/")
    assert page.get_by_role("heading", name="Laptop at work").is_visible()
    assert "Signs you in alone." in page.get_by_role("main").inner_text()
    shoot(page, "passkeys-en-1280")

    press(page.get_by_role("button", name="Sign out"))
    page.goto("/en/accounts/sign-in/")
    press(page.get_by_role("button", name="Sign in with a passkey"))
    page.wait_for_url("**/en/")
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert complaints == []
    device.detach()


def test_a_passkey_that_fails_says_so(open_page, site_pages, shoot):
    page = open_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")  # and no device
    page.goto("/en/accounts/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('closed')) }")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.get_by_role("alert").filter(has_text="The passkey was not read").wait_for()
    shoot(page, "passkey-failed-en-1280")


def test_staff_enrol_an_app_and_go_on(open_page, deliver, site_pages, shoot):
    staff = make_person("Sam Staff", staff=True, second_factor=False)
    page = open_page()
    complaints = _listen(page)
    page.goto("/admin/")
    _give_password(page, staff.user.email)
    [letter] = deliver()
    page.fill("#id_code", code_in(letter))
    press(page.get_by_role("main").get_by_role("button", name="Sign in", exact=True))
    press(page.get_by_role("button", name="Ask me every time"))
    assert page.get_by_role("heading", name="Staff sign in with a second factor").is_visible()
    shoot(page, "security-staff-en-1280")
    press(page.get_by_role("link", name="Set up an app"))
    page.fill("#id_password", PASSWORD)
    press(page.get_by_role("main").get_by_role("button", name="Continue"))
    secret = page.locator("code.secret").inner_text()
    box = page.locator(".qr svg").bounding_box()
    assert box["width"] > 150
    assert box["height"] > 150
    shoot(page, "totp-en-1280")
    page.fill("#id_code", _app_code(secret))
    press(page.get_by_role("button", name="Switch the app on"))
    assert page.locator(".codes li").count() == 10
    press(page.get_by_role("link", name="Done"))
    press(page.get_by_role("link", name="Go on to the page that you asked for"))
    assert page.url.endswith("/admin/")
    assert [text for text in complaints if "Content Security Policy" in text] == []

    page.goto("/en/accounts/security/")
    press(page.get_by_role("button", name="Sign out"))
    page.goto("/en/accounts/sign-in/")
    _give_password(page, staff.user.email)
    shoot(page, "second-factor-en-1280")
    page.fill("#id_code", _app_code(secret, steps=1))
    press(page.get_by_role("main").get_by_role("button", name="Sign in", exact=True))
    assert re.search(r"/en/accounts/sign-in/trust/$", page.url)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [1280, 390])
def test_error_and_account_pages_fit(open_page, site_pages, shoot, language, width):
    """Nothing is wider than the window."""
    member = make_person("Mia Member", MembershipState.APPROVED)
    page = open_page(member, width=width)
    names = (
        "mfa_index", "usersessions_list", "account_email", "account_change_password", "account_logout",
        "mfa_list_webauthn", "account_inactive", "account_password_reset_completed", "account_reauthenticate",
    )  # fmt: skip
    with translation.override(language):
        paths = {name: reverse(name) for name in names}
    for name, path in {**paths, "404": f"/{language}/no-such-page/"}.items():
        answer = page.goto(path)
        assert answer.status == (404 if name == "404" else 200), path
        shoot(page, f"{name}-{language}-{width}")
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path


def test_the_fault_page(open_page, site_pages, shoot, settings):
    """The static page, as the server sends it: with the style sheet, under the policy."""
    page = open_page(width=1280)
    complaints = _listen(page)
    html = render_to_string("500.html")
    page.route("**/en/fault/", lambda route: route.fulfill(status=500, body=html, content_type="text/html"))
    page.goto("/en/fault/")
    shoot(page, "500-1280")
    page.set_viewport_size({"width": 390, "height": 800})
    shoot(page, "500-390")
    assert page.evaluate("document.styleSheets.length") == 1
    assert [text for text in complaints if "500" not in text] == []
