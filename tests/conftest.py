"""Fixtures that every test may use. Nothing of our own is mocked; only the mail server stands in Django's outbox."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation

from iqn.mail import sending
from iqn.mail.models import Message, MessageState
from iqn.settings.base import uploads_in
from tests.template_database import template_database
from tests.world import make_cast, make_pages, make_table, make_world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", default=False, help="the exhaustive sweeps too")


def pytest_collection_modifyitems(config, items):
    skip_slow = pytest.mark.skip(reason="exhaustive: only with --all")
    skip_browser = pytest.mark.skip(reason="no Chromium on this machine")
    for item in items:
        if "slow" in item.keywords and not config.getoption("--all"):
            item.add_marker(skip_slow)
        if "browser" in item.keywords and not CHROMIUM and os.environ.get("CI") != "true":
            item.add_marker(skip_browser)


@pytest.fixture(scope="session", autouse=True)
def _compiled_catalogues():
    """French pages need their words even where pytest is called without ./dev."""
    from iqn.catalogues import compile_catalogues

    compile_catalogues()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Ids begin beyond a thousand, where a template that writes them as numbers for people breaks, and no two tables
    give the same. At the end a thread of the live server may still hold a session when the database is to be dropped."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 10000 * row_number() OVER ()) "
            "FROM pg_sequences WHERE schemaname = 'public' AND sequencename LIKE '%\\_id\\_seq'"
        )
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _english_unless_said_otherwise():
    """A request leaves its language behind in the thread; no test may inherit it."""
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What a process keeps in its memory outlives the rows of a test."""
    caches["memory"].clear()


@pytest.fixture(autouse=True)
def _no_jobs_left_behind(request):
    """The job queue's tables are not Django's: the flush after a transactional test passes them over."""
    yield
    marker = request.node.get_closest_marker("django_db")
    by_mark = marker is not None and marker.kwargs.get("transaction", False)
    if by_mark or {"transactional_db", "live_server"} & set(request.fixturenames):
        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers CASCADE"
            )


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def table(db):
    return make_table()


@pytest.fixture
def site_pages(db):
    make_pages()


@pytest.fixture
def uploads(settings, tmp_path) -> Path:
    """The folder of uploads, empty and for this test alone."""
    settings.STORAGES = {**settings.STORAGES, "uploads": uploads_in(tmp_path / "uploads")}
    return tmp_path / "uploads"


@pytest.fixture
def sign_in():
    """A client that is signed in as this person (None: nobody)."""

    def client_for(person) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person.user, backend="members.backends.AccountBackend")
        return client

    return client_for


@pytest.fixture
def deliver(db):
    """Does the worker's part for mail, and answers the letters that this sent, oldest first."""

    def deliver_queued() -> list[mail.EmailMultiAlternatives]:
        before = len(mail.outbox)
        for pk in (
            Message.objects.filter(state=MessageState.QUEUED).order_by("pk").values_list("pk", flat=True)
        ):
            sending.deliver(pk)
        return mail.outbox[before:]

    return deliver_queued


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parents[1]
