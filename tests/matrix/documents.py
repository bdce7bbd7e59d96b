"""Rows of documents and announcements: the author runs the group, the member sits at its table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.factories.files import DocumentFactory
from tests.factories.workgroups import GroupFactory, make_term
from tests.files.samples import pdf, sent
from tests.matrix.rows import EVERYONE, SIGN_IN, Row, answers

RUNNING = answers(403, anonymous=SIGN_IN, author=200, staff=200)
RUNNING_DONE = answers(403, anonymous=SIGN_IN, author=302, staff=302)
AT_TABLE = answers(403, anonymous=SIGN_IN, member=200, author=200, staff=200)
AT_TABLE_DONE = answers(403, anonymous=SIGN_IN, member=302, author=302, staff=302)
OF_ROSTER = answers(404, member=200, author=200, staff=200)
OF_MEMBERS = answers(404, member=200, author=200, other_author=200, staff=200)


def scene(world) -> SimpleNamespace:
    if not hasattr(world, "documents_scene"):
        group = GroupFactory(
            code="DOC", slug="documents-of-demo", name_en="Group of papers", name_fr="Groupe de papier"
        )
        make_term(group, "", "co_chair", person=world.author)
        make_term(group, "", person=world.member)
        world.documents_scene = SimpleNamespace(
            group=group,
            public=DocumentFactory(group=group, visibility="public", added_by=world.author),
            members=DocumentFactory(group=group, visibility="members", added_by=world.author),
            roster=DocumentFactory(group=group, added_by=world.author),
            edited=DocumentFactory(group=group, visibility="public", added_by=world.author),
            withdrawn=DocumentFactory(
                group=group, visibility="public", added_by=world.author, is_withdrawn=True
            ),
        )
    return world.documents_scene


def group(world) -> dict[str, Any]:
    return {"slug": scene(world).group.slug}


def of(name: str):
    return lambda world: {**group(world), "identifier": getattr(scene(world), name).identifier}


def file_of(name: str):
    return lambda world: {**of(name)(world), "pk": getattr(scene(world), name).files.uploads.get().pk}


def file_of_another(world) -> dict[str, Any]:
    return {**of("public")(world), "pk": scene(world).edited.files.uploads.get().pk}


def new_document(world) -> dict[str, Any]:
    return {
        "file": sent("plan.pdf", pdf()), "language": "en", "title_en": "A plan", "kind": "paper",
        "translation": "awaiting", "visibility": "roster",
    }  # fmt: skip


def edited(world) -> dict[str, Any]:
    return {
        "title_en": "Another title", "kind": "paper", "translation": "awaiting", "visibility": "public", "version": 1,
    }  # fmt: skip


def row(name: str, get, post=None, *, args=group, data=lambda world: {}, variant: str = "") -> Row:
    return Row(f"groups:{name}", get, post, args, data, variant=variant)


ROWS: list[Row] = [
    row("document-list", EVERYONE),
    row("document-detail", EVERYONE, args=of("public")),
    row("document-detail", OF_MEMBERS, answers(405), args=of("members"), variant="for members"),
    row("document-detail", OF_ROSTER, answers(405), args=of("roster"), variant="for the roster"),
    row("document-detail", EVERYONE, args=of("withdrawn"), variant="withdrawn"),
    row("document-download", EVERYONE, args=file_of("public")),
    row("document-download", OF_MEMBERS, answers(405), args=file_of("members"), variant="for members"),
    row("document-download", OF_ROSTER, answers(405), args=file_of("roster"), variant="for the roster"),
    row("document-download", answers(404), answers(405), args=file_of("withdrawn"), variant="withdrawn"),
    row("document-download", answers(404), answers(405), args=file_of_another, variant="of another document"),
    row("document-create", AT_TABLE, AT_TABLE_DONE, data=new_document),
    row("document-create", AT_TABLE, AT_TABLE, variant="with errors"),
    row("document-add-file", RUNNING, RUNNING, args=of("public"), variant="with errors"),
    row(
        "document-edit", RUNNING, answers(403, anonymous=SIGN_IN, author=302, staff=409), args=of("edited"), data=edited,
    ),
    row("document-edit", RUNNING, RUNNING, args=of("public"), variant="with errors"),
    row("document-withdraw", RUNNING, RUNNING, args=of("public"), variant="with errors"),
    row(
        "document-withdraw", answers(404, anonymous=SIGN_IN, member=403, author=200, staff=200),
        answers(404, anonymous=SIGN_IN, member=403, author=200, staff=200), args=of("roster"), variant="hidden",
    ),
    row("announcement-list", AT_TABLE, answers(405, anonymous=SIGN_IN)),
    row("announcement-create", RUNNING, RUNNING, variant="with errors"),
    row(
        "announcement-create", RUNNING, RUNNING_DONE,
        data=lambda world: {"subject": "A date", "text": "We meet.", "language": "en"},
    ),
]  # fmt: skip
