"""Every page of signing in is sound, in one language, and speaks plainly."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import allauth
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tests.accounts.page_states import states
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
ALLAUTH = Path(allauth.__file__).parent
OF_OTHER_PORTALS = re.compile(r"phone|username", re.I)


def _po(path: Path):
    with path.open("rb") as file:
        return [m for m in read_po(file, locale=path.parts[-3]) if m.id]


def _forms(text) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def _english_sentences() -> list[re.Pattern]:
    """Whatever the catalogues say otherwise in French, as patterns over its placeholders."""
    found = []
    catalogues = [folder / "fr" / "LC_MESSAGES" / "django.po" for folder in settings.LOCALE_PATHS]
    for path in [*catalogues, ALLAUTH / "locale" / "fr" / "LC_MESSAGES" / "django.po"]:
        for message in _po(path):
            for english in _forms(message.id):
                with translation.override("fr"):
                    same = gettext(english) == english and english in _forms(message.string)
                parts = re.split(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", english)
                if not same and any(re.search(r"[a-z]{3}", part) for part in parts):
                    found.append(re.compile(r".+".join(map(re.escape, parts)), re.S))
    return found


class _Words(HTMLParser):
    """What somebody reads or hears on a page, without what is marked as another language."""

    SPOKEN = ("aria-label", "title", "alt", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = False
        self.foreign = 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script":
            self.silent = True
        if tag == "a" and attrs.get("lang") == "en":
            self.foreign = 1
        self.words += [attrs[name] for name in self.SPOKEN if attrs.get(name) and not self.foreign]

    def handle_endtag(self, tag):
        if tag == "script":
            self.silent = False
        if tag == "a":
            self.foreign = 0

    def handle_data(self, data):
        if not self.silent and not self.foreign and data.strip():
            self.words.append(" ".join(data.split()))


def _words(html: str) -> list[str]:
    reader = _Words()
    reader.feed(html)
    return reader.words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_is_sound(site_pages, deliver, language):
    with translation.override(language):
        seen = dict(states(deliver))

    assert {label: problems_of(html) for label, html in seen.items() if problems_of(html)} == {}
    assert {label for label, html in seen.items() if f'<html lang="{language}"' not in html} == set()
    assert {label for label, html in seen.items() if "<ul" in html.split('class="hint"')[-1][:120]} == set()
    assert len(seen) > 45


def test_no_english_on_a_french_page(site_pages, deliver, client):
    english = _english_sentences()
    with translation.override("fr"):
        seen = dict(states(deliver))

    found = {
        (label, word)
        for label, html in seen.items()
        for word in _words(html)
        for pattern in english
        if pattern.fullmatch(word)
    }
    assert found == set()
    assert len(english) > 300
    # The search finds English where there is some
    page = client.get("/en/accounts/sign-in/").content.decode()
    assert any(pattern.fullmatch(word) for word in _words(page) for pattern in english)


def test_errors_stand_in_the_summary_and_beside_the_field(site_pages, deliver):
    with translation.override("fr"):
        seen = {label: html for label, html in states(deliver) if "with errors" in label or "wrong" in label}

    for label, html in seen.items():
        assert 'id="errors"' in html, label
        assert "<title>Erreur" in html, label
    assert len(seen) > 10


def _strings_of_allauth() -> set[str]:
    found = set()
    for app in ("account", "mfa", "usersessions"):
        for path in (ALLAUTH / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name in ("_", "gettext", "gettext_lazy", "pgettext") and isinstance(
                    node.args[-1], ast.Constant
                ):
                    found.add(node.args[-1].value)
    return found


def test_our_french_covers_what_allauth_says_in_its_code():
    ours = {m.id for m in _po(settings.LOCALE_PATHS[1] / "fr" / "LC_MESSAGES" / "django.po")}
    theirs = {text for text in _strings_of_allauth() if not OF_OTHER_PORTALS.search(text)}

    assert theirs - ours == set()
    assert len(theirs) > 50


def test_our_own_words_win():
    with translation.override("fr"):
        assert gettext("Current Password") == "Mot de passe actuel"
        assert (
            gettext("You must type the same password each time.")
            == "Les deux mots de passe doivent être identiques."
        )
    with translation.override("en"):
        assert gettext("Use a security key") == "Use a passkey"


@pytest.mark.parametrize("catalogue", ["fr", "en"])
def test_the_hand_kept_catalogues_are_complete(catalogue):
    messages = _po(settings.LOCALE_PATHS[1] / catalogue / "LC_MESSAGES" / "django.po")

    assert [m.id for m in messages if not all(_forms(m.string))] == []
    with translation.override(catalogue):
        assert [
            m.id for m in messages if " ;" in m.string or " !" in m.string or re.search(r"[^\xa0]:", m.string)
        ] == []
    assert messages
