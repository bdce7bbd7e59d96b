"""What a browser says of itself, in words that its owner recognizes."""

from __future__ import annotations

from django.utils.translation import gettext

# The first sign that occurs decides: nearly every browser also claims to be those below it
_BROWSERS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """Chrome on Linux; what nobody knows stays as it was said."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if not (browser and system):
        return user_agent
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
