"""Chromium, a real server in a thread, and people who are already signed in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import CHROMIUM

# The machine's network is closed to everything but itself; root needs --no-sandbox
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in the test's own thread
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """open_page(person=None, width=1280, js=True): a page whose addresses are relative to the live server."""
    contexts = []

    def opener(person=None, *, width: int = 1280, height: int = 900, js: bool = True, locale: str = "en-CA"):
        context = chromium.new_context(
            base_url=live_server.url.replace("127.0.0.1", "localhost"), viewport={"width": width, "height": height},
            java_script_enabled=js, locale=locale, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(15_000)
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person.user, backend="members.backends.AccountBackend")
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                        "domain": "localhost",
                        "path": "/",
                    }
                ]
            )
        return context.new_page()

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def shoot(request):
    """shoot(page, name): a full-page picture in the folder that IQN_SHOTS names, for people to look at."""
    folder = os.environ.get("IQN_SHOTS")

    def take(page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return take
