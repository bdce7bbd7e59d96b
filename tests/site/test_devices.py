"""Browsers by name."""

import pytest
from django.utils import translation

from iqn.devices import device_words

CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "english"),
    [
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/143.0".replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64"), "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on macOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)  # fmt: skip
def test_browsers(user_agent, english):
    assert device_words(user_agent) == english


def test_in_french():
    with translation.override("fr"):
        assert device_words(CHROME) == "Chrome sous Linux"
