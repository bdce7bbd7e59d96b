"""The file with everything about oneself; and no new relation to a person without a decision about it."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from initiatives.choices import Confidence
from iqn.history.models import Event
from members import personal_data
from members.actions import messages
from members.choices import MessageKind
from members.models import ApplicationMessage, Person, User
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.factories.members import PASSWORD
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


def _relations() -> set[str]:
    """Every relation of a concrete model to a person or an account. Kept versions of rows, and views over them,
    belong to their rows."""
    found = set()
    for model in apps.get_models(include_auto_created=False):
        if hasattr(model, "pgh_tracked_model") or model._meta.app_label == "pghistory":
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.remote_field and field.remote_field.model in (Person, User):
                found.add(f"{model._meta.label}.{field.name}".lower())
    return found


def test_every_relation_to_a_person_is_in_the_file_or_left_out_with_a_reason():
    assert sorted(_relations() - personal_data.covered()) == []


def test_nothing_is_declared_that_does_not_exist():
    assert sorted(personal_data.covered() - _relations()) == []


def _unzipped(person) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(personal_data.zip_of(person))))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def test_what_one_wrote_and_what_is_kept(cast):
    application = cast.member.applications.get()
    InitiativeFactory(author=cast.member, title="Mine")
    InitiativeFactory(author=cast.author, title="Not mine")
    CommentFactory(author=cast.member, text="=HYPERLINK(1)")
    messages.write_to_person(by=cast.author, person=cast.member, text="Hello")
    ApplicationMessage.objects.create(
        application=application, kind=MessageKind.QUESTION, author=cast.staff, text="Why?"
    )
    ApplicationMessage.objects.create(
        application=application, kind=MessageKind.NOTE, author=cast.staff, text="Hidden"
    )

    files = _unzipped(cast.member)
    tables = {name[:-5]: json.loads(data) for name, data in files.items() if name.endswith(".json")}

    assert list(tables) == [part.name for part in personal_data.parts()]
    assert [row["title"] for row in tables["initiatives"]] == ["Mine"]
    assert [row["name"] for row in tables["profile"]] == ["Mia Member"]
    assert [row["email"] for row in tables["account"]] == [cast.member.user.email]
    assert [row["text"] for row in tables["application_messages"]] == ["Why?"]
    assert [(row["sender"], row["recipient"]) for row in tables["letters"]] == [("Amir Author", "Mia Member")]
    assert tables["staff_log"] == []
    assert b"'=HYPERLINK(1)" in files["comments.csv"]
    assert "Hidden" not in str(tables)
    assert not {"password", "secret_text", "session_key"} & {
        key for rows in tables.values() for row in rows for key in row
    }


def test_nothing_of_anybody_else(cast):
    InitiativeFactory(author=cast.author, title="Unique-Word-Of-The-Author")
    cast.author.phone = "902 555-0177"
    cast.author.save()

    whole = b"".join(_unzipped(cast.member).values())
    own = b"".join(_unzipped(cast.author).values())

    assert [word in own for word in (b"Unique-Word-Of-The-Author", b"902 555-0177")] == [True, True]
    assert [word in whole for word in (b"Unique-Word-Of-The-Author", b"902 555-0177")] == [False, False]


def test_notes_of_staff_about_a_posting_stay_with_staff(cast):
    InitiativeFactory(author=cast.member, title="Mine", to_verify="Did it happen?", confidence=Confidence.LOW)

    files = _unzipped(cast.member)

    [row] = json.loads(files["initiatives.json"])
    assert row["title"] == "Mine"
    assert {"to_verify", "confidence"} & set(row) == set()
    assert not any(b"Did it happen?" in data for data in files.values())


def test_somebody_without_an_account_has_a_file_too(cast):
    cast.member.user = None
    cast.member.save()

    assert json.loads(_unzipped(cast.member)["account.json"]) == []


def test_the_file_comes_after_the_password(cast, client, site_pages):
    client.force_login(cast.member.user, backend="members.backends.AccountBackend")

    page = client.get("/en/account/data/").content.decode()
    asked = client.get("/en/account/data/?format=zip")
    back = client.post(asked["Location"], {"password": PASSWORD})
    file = client.get(back["Location"])

    assert problems_of(page) == []
    assert "/confirm/" in asked["Location"]
    assert (file["Content-Type"], "attachment" in file["Content-Disposition"]) == ("application/zip", True)
    assert "profile.json" in zipfile.ZipFile(io.BytesIO(file.getvalue())).namelist()


def test_too_many_downloads(cast, client, site_pages):
    client.force_login(cast.member.user, backend="members.backends.AccountBackend")
    asked = client.get("/en/account/data/?format=zip")
    client.post(asked["Location"], {"password": PASSWORD})

    answers = [client.get("/en/account/data/?format=zip").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_the_file_is_made_while_it_is_sent(cast):
    """Ten thousand long rows pass through a few megabytes of memory."""
    kind = ContentType.objects.get_for_model(Person)
    Event.objects.bulk_create(
        Event(
            actor=cast.member, actor_name="Mia", verb=f"x.{n}", sentence_en=f"{n} " * 60, sentence_fr=f"{n} " * 60,
            target_kind=kind, target_id=n,
        )
        for n in range(10_000)
    )  # fmt: skip
    list(personal_data.zip_of(cast.author))  # whatever is made once is made now
    tracemalloc.start()
    pieces = sum(1 for _ in personal_data.zip_of(cast.member))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert pieces > 1
    assert peak < 8_000_000


def test_in_french(cast, sign_in, site_pages):
    page = sign_in(cast.member).get("/fr/compte/donnees/").content.decode()

    assert "<h1>Télécharger vos données</h1>" in page
    assert problems_of(page) == []
