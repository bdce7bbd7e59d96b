"""/mailbox/: only in the demonstration, letters locked up."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.ROOT_URLCONF = "tests.mail.demo_urls"
    settings.DEMO = True
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.EMAIL_BACKEND = "iqn.mail.mailbox.MailboxBackend"


def _send(
    subject="Bienvenue", text="Voici le code 123456.", html="<p>Voici <script>x</script></p>", language="fr"
):
    letter = EmailMultiAlternatives(subject, text, "iqn@example.org", ["ada@example.org"])
    letter.extra_headers["Content-Language"] = language
    letter.attach_alternative(html, "text/html")
    letter.send()


def _only_name(client) -> str:
    import re

    return re.search(r'href="/mailbox/([^/"]+)/"', client.get("/mailbox/").content.decode())[1]


def test_an_empty_mailbox_says_what_to_do(demo):
    html = Client().get("/mailbox/").content.decode()

    assert "No letter yet" in html
    assert problems_of(html) == []


def test_letters_are_listed_newest_first_and_opened(demo):
    _send("First")
    _send("Second", language="en")
    client = Client()

    html = client.get("/mailbox/").content.decode()
    letter = client.get(f"/mailbox/{_only_name(client)}/").content.decode()

    assert html.index("Second") < html.index("First")
    assert '<h1 lang="en">Second</h1>' in letter
    assert "Voici le code 123456." in letter
    assert problems_of(html) == problems_of(letter) == []


def test_the_html_part_is_locked_up(demo):
    _send()
    client = Client()

    response = client.get(f"/mailbox/{_only_name(client)}/html/")

    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert response["X-Frame-Options"] == "DENY"
    assert "Voici" in response.content.decode()


@pytest.mark.parametrize("name", ["none", "..", "%2e%2e%2fsecret_key", "a" * 300, "%00"])
def test_unknown_letters_are_not_found(demo, name):
    assert Client().get(f"/mailbox/{name}/").status_code == 404
    assert Client().get(f"/mailbox/{name}/html/").status_code == 404


@pytest.mark.parametrize("letters", [1, 3])
def test_no_query(demo, letters, django_assert_num_queries):
    for _n in range(letters):
        _send()
    with django_assert_num_queries(0):
        assert Client().get("/mailbox/").status_code == 200


def test_it_does_not_exist_outside_the_demonstration(demo, settings):
    _send()
    settings.DEMO = False
    assert Client().get("/mailbox/").status_code == 404
    settings.ROOT_URLCONF = "iqn.urls"
    assert Client().get("/mailbox/").status_code == 404
