"""Documents and announcements as they are seen, and uploading without a script."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.axe import problems
from tests.browser.journey import press, words
from tests.factories.files import DocumentFactory, add_upload
from tests.factories.workgroups import AgendaItemFactory
from tests.files.samples import docx, pdf
from workgroups.groups.actions import announcements
from workgroups.groups.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nursing(table, uploads):
    waits = DocumentFactory(
        group=table.group, added_by=table.co_chair, visibility="public", kind="report",
        title_en="Waiting for a seat in a bridging course", title_fr="L’attente d’une place en formation d’appoint",
    )  # fmt: skip
    add_upload(waits.files, language="fr")
    add_upload(waits.files, name="plan.docx", content=docx())
    french = DocumentFactory(
        group=table.group, added_by=table.roster, language="fr", title_en="", title_fr="Questions à poser aux employeurs",
    )  # fmt: skip
    gone = DocumentFactory(
        group=table.group, visibility="members", title_en="Figures of last year", is_withdrawn=True,
    )  # fmt: skip
    AgendaItemFactory(meeting=table.meeting, title="Plan for the year").papers.set([waits, french])
    announcements.announce(
        by=table.co_chair, group=table.group, subject="The meeting begins an hour later", language="en",
        text="The room is taken until then.\n\n* Same link\n* Same agenda",
    )  # fmt: skip
    table.waits, table.gone = waits, gone
    return table


def _paths(table) -> dict[str, str]:
    one = {"slug": "nursing", "identifier": table.waits.identifier}
    gone = {**one, "identifier": table.gone.identifier}
    item = table.meeting.items.get()
    return {
        "list": reverse("groups:document-list", args=["nursing"]),
        "create": reverse("groups:document-create", args=["nursing"]),
        **{name: reverse(f"groups:document-{name}", kwargs=one) for name in ("detail", "add-file", "edit", "withdraw")},
        "gone": reverse("groups:document-detail", kwargs=gone),
        "announcements": reverse("groups:announcement-list", args=["nursing"]),
        "announcement": reverse("groups:announcement-create", args=["nursing"]),
        "group": table.group.get_absolute_url(),
        "meeting": table.meeting.get_absolute_url(),
        "item": reverse("meetings:item-edit", args=["nursing", table.meeting.identifier, item.pk]),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_pictures(nursing, open_page, shoot, language):
    with translation.override(language):
        paths = _paths(nursing)
    found = {}
    for width in (1280, 390, 320):
        page = open_page(nursing.co_chair, width=width)
        for name, path in paths.items():
            answer = page.goto(path)
            assert answer.status == 200, path
            if wrong := problems(page):
                found[name, width] = wrong
            shoot(page, f"document-{name}-{language}-{width}")

    assert found == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_document_comes_without_a_script(table, open_page, uploads, tmp_path, language):
    say = words(language)
    page = open_page(table.roster, js=False)
    with translation.override(language):
        page.goto(table.group.get_absolute_url())
    (tmp_path / "page.pdf").write_text("<html>")
    (tmp_path / "plan.pdf").write_bytes(pdf())

    press(page.get_by_role("link", name=say("Add a document")))
    page.get_by_label(say("Title in English")).fill("A plan")
    page.get_by_label(say("File"), exact=False).first.set_input_files(tmp_path / "page.pdf")
    press(page.get_by_role("button", name=say("Add the document")))
    refused = say("Only PDF, Word (DOCX), PNG and JPEG files are taken. Save the file as one of these.")
    assert page.get_by_role("link", name=refused).count() == 1
    page.get_by_label(say("File"), exact=False).first.set_input_files(tmp_path / "plan.pdf")
    press(page.get_by_role("button", name=say("Add the document")))

    assert page.get_by_role("heading", level=1).inner_text() == "A plan"
    with page.expect_download() as download:
        page.get_by_role(
            "link", name=say(f"Download in {'English' if language == 'en' else 'French'}")
        ).first.click()
    assert download.value.suggested_filename == f"NUR-DOC-01-{language}-1.pdf"
    assert Document.objects.get().added_by == table.roster
