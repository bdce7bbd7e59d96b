"""Documents of a group: who sees which, what happens to them, and where they are shown."""

from __future__ import annotations

import csv
import io

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from iqn import identifiers
from iqn.files.models import FileSet, Upload
from iqn.files.serving import POLICY
from iqn.history.models import Event
from iqn.limits import RateLimited
from tests.factories.files import DocumentFactory, add_upload, checked
from tests.factories.workgroups import AgendaItemFactory, make_term
from tests.files.samples import docx, pdf, picture, sent
from tests.pages_check import problems_of
from tests.site.hostile import XSS
from tests.world import TABLE
from workgroups.groups.actions import documents
from workgroups.groups.choices import GroupStatus
from workgroups.groups.errors import DocumentIsWithdrawn, GroupIsConcluded, StaleVersion
from workgroups.groups.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(uploads):
    """Every test has its own."""


def url(name: str, document: Document | None = None, **more) -> str:
    given = {"slug": "nursing", **more}
    if document is not None:
        given["identifier"] = document.identifier
    return reverse(f"groups:document-{name}", kwargs=given)


def form_data(**extra) -> dict:
    return {
        "file": sent("plan.pdf", pdf()), "language": "en", "title_en": "A plan", "kind": "paper",
        "translation": "awaiting", "visibility": "roster", **extra,
    }  # fmt: skip


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def three(table):
    """One for each kind of reader."""
    return {
        level: DocumentFactory(
            group=table.group, added_by=table.co_chair, visibility=level, title_en=f"For {level}"
        )
        for level in ("roster", "members", "public")
    }


SEEN = {
    "anonymous": {"public"}, "member": {"members", "public"}, "other_co_chair": {"members", "public"},
    "former_co_chair": {"members", "public"}, "roster": {"roster", "members", "public"},
    "alternate": {"roster", "members", "public"}, "secretary": {"roster", "members", "public"},
    "co_chair": {"roster", "members", "public"}, "staff": {"roster", "members", "public"},
}  # fmt: skip


@pytest.mark.parametrize("role", TABLE)
def test_page_list_table_and_download_show_the_same(three, table, sign_in, role):
    """One rule for all of them, and for the group's page, the meeting's page and what an identifier leads to."""
    AgendaItemFactory(meeting=table.meeting, title="Plans").papers.set(three.values())
    person = getattr(table, role, None)
    client = sign_in(person)
    listed, home, meeting = (
        text_of(client.get(address))
        for address in (url("list"), table.group.get_absolute_url(), table.meeting.get_absolute_url())
    )
    rows = list(
        csv.DictReader(io.StringIO(client.get(url("list"), {"format": "csv"}).getvalue().decode("utf-8-sig")))
    )
    user = person.user if person else AnonymousUser()
    for level, document in three.items():
        file = document.files.uploads.get()
        sees = level in SEEN[role]
        reads_agenda = role != "anonymous"
        assert {
            "page": client.get(url("detail", document)).status_code,
            "download": client.get(url("download", document, pk=file.pk)).status_code,
            "list": f"For {level}" in listed,
            "home": f"For {level}" in home,
            "meeting": f"For {level}" in meeting,
            "table": document.identifier in [row["Number"] for row in rows],
            "identifier": identifiers.resolve(document.identifier, user) is not None,
        } == {
            "page": 200 if sees else 404, "download": 200 if sees else 404, "list": sees, "home": sees,
            "meeting": sees and reads_agenda, "table": sees, "identifier": sees,
        }, level  # fmt: skip


MAY = {
    # role: upload, edit one of others, edit one of one's own, show to others
    "anonymous": "", "member": "", "other_co_chair": "", "former_co_chair": "",
    "roster": "upload own", "alternate": "upload own", "secretary": "upload others own show",
    "co_chair": "upload others own show", "staff": "upload others own show",
}  # fmt: skip


@pytest.mark.parametrize("role", TABLE)
@pytest.mark.parametrize("status", [GroupStatus.ACTIVE, GroupStatus.CONCLUDED])
def test_who_may_do_what(table, role, status):
    table.group.status = status
    person = getattr(table, role, None)
    user = person.user if person else AnonymousUser()
    of_others = DocumentFactory(group=table.group)
    own = DocumentFactory(group=table.group, added_by=person)
    may = {
        "upload": user.has_perm("groups.upload_document", table.group),
        "others": user.has_perm("groups.edit_document", of_others),
        "own": user.has_perm("groups.edit_document", own),
        "show": user.has_perm("groups.show_document", own),
    }
    expected = MAY[role].split() if status == GroupStatus.ACTIVE else []
    assert [name for name, is_so in may.items() if is_so] == expected
    assert person is table.staff or not user.has_perm("groups.edit_document", None)


# What happens to them


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("plan.pdf", pdf(), "PDF"),
        ("plan.docx", docx(), "Word"),
        ("c.png", picture(), "PNG"),
        ("p.jpg", picture("JPEG"), "JPEG"),
    ],
)
def test_a_document_comes(table, sign_in, name, content, shown):
    client = sign_in(table.secretary)
    assert 'enctype="multipart/form-data"' in text_of(client.get(url("create")))

    response = client.post(url("create"), form_data(file=sent(name, content), visibility="public"))

    document = Document.objects.get()
    assert (response.status_code, response["Location"]) == (
        302,
        "/en/work-groups/nursing/documents/NUR-DOC-01/",
    )
    assert (document.title, document.visibility, document.added_by) == ("A plan", "public", table.secretary)
    assert shown in text_of(sign_in(None).get(response["Location"]))
    assert [event.sentence_en for event in Event.objects.about(document)] == [
        "Sven Secretary added the document NUR-DOC-01."
    ]


def test_who_sits_at_the_table_adds_for_the_table(table, sign_in):
    """Whether anybody else reads it is for those who run the group to say."""
    client = sign_in(table.roster)
    assert 'name="visibility"' not in text_of(client.get(url("create")))
    client.post(url("create"), form_data(visibility="public"))
    document = Document.objects.get()
    assert document.visibility == "roster"

    data = {
        "title_en": "Mine",
        "kind": "letter",
        "translation": "not_needed",
        "visibility": "public",
        "version": 1,
    }
    assert client.post(url("edit", document), data).status_code == 302
    document = Document.objects.get()
    assert (document.title, document.files.kind, document.visibility) == ("Mine", "letter", "roster")


def test_a_title_in_one_language_is_enough_and_is_marked(table, sign_in):
    client = sign_in(table.co_chair)
    refused = client.post(url("create"), form_data(title_en="", title_fr=" "))
    assert refused.context["form"].errors == {"title_en": ["Give it a title in one language at least."]}
    client.post(url("create"), form_data(title_en="", title_fr="Un plan", language="fr"))
    page = text_of(client.get(url("detail", Document.objects.get())))
    assert '<h1 lang="fr">Un plan</h1>' in page
    assert "<title>Un plan (NUR-DOC-01)" in page


def test_versions_and_the_translation(table, sign_in):
    document = DocumentFactory(group=table.group, added_by=table.roster)
    client = sign_in(table.roster)
    first = document.files.uploads.get()

    client.post(url("add-file", document), {"file": sent("un-plan.pdf", pdf(b"1")), "language": "fr"})
    page = text_of(client.get(url("detail", document)))
    assert "Translated" in page
    assert "A newer version has come since" not in page
    client.post(url("add-file", document), {"file": sent("plan.docx", docx()), "language": "en"})
    page = text_of(client.get(url("detail", document)))
    assert "The French file is the translation of version 1. A newer version has come since." in page
    assert "Awaiting translation" in page

    got = [(row.language, row.number, row.format) for row in Upload.objects.order_by("pk")]
    assert got == [("en", 1, "pdf"), ("fr", 1, "pdf"), ("en", 2, "docx")]
    older = client.get(url("download", document, pk=first.pk))
    assert older["Content-Disposition"].startswith('attachment; filename="NUR-DOC-01-en-1.pdf"')
    assert [event.verb for event in Event.objects.about(document)] == [
        "groups.document_translated", "groups.document_replaced",
    ]  # fmt: skip
    refused = client.post(url("add-file", document), {"language": "en"})
    assert refused.context["form"].errors == {"file": ["Choose a file."]}


def test_what_is_said_about_it(table, sign_in):
    document = DocumentFactory(group=table.group)
    client = sign_in(table.co_chair)
    data = {
        "title_en": "A better plan", "title_fr": "Un meilleur plan", "kind": "report", "translation": "in_progress",
        "visibility": "members", "version": 1,
    }  # fmt: skip
    assert client.post(url("edit", document), data).status_code == 302
    stale = client.post(url("edit", document), {**data, "title_en": "Late"})
    assert stale.status_code == 409
    assert "Somebody else changed it in the meantime." in text_of(stale)
    assert "<dd>A better plan</dd>" in text_of(stale)  # beside what was typed
    assert 'name="version" value="2"' in text_of(stale)  # a second save decides
    client.post(url("edit", document), {**data, "version": 2})  # nothing new
    client.post(url("edit", document), {**data, "version": 2, "kind": "letter"})
    assert (
        client.post(url("edit", document), {**data, "version": 3, "translation": "translated"}).status_code
        == 200
    )
    document = Document.objects.get()
    assert (document.version, document.title, document.files.translation) == (
        3,
        "A better plan",
        "in_progress",
    )
    assert [event.sentence_fr for event in Event.objects.about(document)] == [
        "Cora Chair a changé qui peut lire NUR-DOC-01\u00a0: Les membres du réseau.",
        "Cora Chair a modifié la fiche de NUR-DOC-01.",
    ]


def test_translated_may_be_said_once_the_pair_is_there(table, sign_in):
    document = DocumentFactory(group=table.group)
    client = sign_in(table.co_chair)
    assert 'value="translated"' not in text_of(client.get(url("edit", document)))
    add_upload(document.files, language="fr")
    assert 'value="translated"' in text_of(client.get(url("edit", document)))
    with pytest.raises(StaleVersion):
        documents.describe(by=table.co_chair, document=document, version=9)


def test_withdrawn_is_not_gone(table, sign_in):
    document = DocumentFactory(group=table.group, visibility="public")
    item = AgendaItemFactory(meeting=table.meeting)
    item.papers.add(document)
    client, stranger = sign_in(table.co_chair), sign_in(None)
    file = url("download", document, pk=document.files.uploads.get().pk)
    assert stranger.get(file).status_code == 200
    assert client.post(url("withdraw", document), {"reason": "", "language": "en"}).status_code == 200

    response = client.post(url("withdraw", document), {"reason": "A <b>wrong</b> table.", "language": "en"})

    assert response["Location"] == url("detail", document)
    for reader in (client, stranger):
        page = text_of(reader.get(url("detail", document)))
        assert "A &lt;b&gt;wrong&lt;/b&gt; table." in page
        assert "Download in" not in page
        assert reader.get(file).status_code == 404
        assert "NUR-DOC-01" not in text_of(reader.get(url("list")))
    assert "NUR-DOC-01" not in text_of(client.get(table.meeting.get_absolute_url()))
    for name, data in (
        ("withdraw", {"reason": "Again", "language": "en"}),
        ("add-file", {"file": sent("plan.pdf", pdf()), "language": "en"}),
        (
            "edit",
            {
                "title_en": "X",
                "kind": "paper",
                "translation": "awaiting",
                "visibility": "public",
                "version": 2,
            },
        ),
    ):
        assert "has been withdrawn" in text_of(client.post(url(name, document), data)), name
    with pytest.raises(DocumentIsWithdrawn):
        documents.withdraw(by=table.staff, document=document, reason="x", language="en")


def test_a_group_that_has_concluded_takes_nothing(table):
    document = DocumentFactory(group=table.group)
    table.group.status, table.group.closing_note_en, table.group.closing_note_fr = (
        "concluded",
        "Done.",
        "Fini.",
    )
    table.group.save()
    said = {"kind": "paper", "language": "en", "title_en": "A", "title_fr": "", "translation": "awaiting"}
    with pytest.raises(GroupIsConcluded):
        documents.add(by=table.staff, group=table.group, checked=checked(), **said)
    with pytest.raises(GroupIsConcluded):
        documents.add_file(by=table.staff, document=document, checked=checked(), language="en")
    assert (Document.objects.count(), FileSet.objects.count(), Upload.objects.count()) == (1, 1, 1)


def test_not_more_than_sixty_an_hour(table):
    document = DocumentFactory(group=table.group)
    good = checked()
    with time_machine.travel("2026-05-05 12:00Z", tick=False):
        for _turn in range(60):
            documents.add_file(by=table.co_chair, document=document, checked=good, language="en")
        with pytest.raises(RateLimited):
            documents.add_file(by=table.co_chair, document=document, checked=good, language="en")


# The pages


def test_numbers_and_addresses(table, sign_in):
    client = sign_in(table.co_chair)
    first, second = (DocumentFactory(group=table.group) for _n in range(2))
    assert [first.identifier, str(second)] == ["NUR-DOC-01", "NUR-DOC-02"]
    found = identifiers.resolve("nur-doc-02", table.co_chair.user)
    assert (found.title, found.url, found.language) == ("A plan", second.get_absolute_url(), "en")
    for wrong in (
        "NUR-DOC-1",
        "NUR-DOC-001",
        "NUR-DOC-99",
        "LAW-DOC-01",
        "nur-doc-01",
        "NUR-DOC-01x",
        "NUR-DOC-٠١",
    ):
        assert client.get(f"/en/work-groups/nursing/documents/{wrong}/").status_code == 404, wrong
    assert client.get("/en/work-groups/law/documents/NUR-DOC-01/").status_code == 404
    elsewhere = DocumentFactory(group=table.other_group).files.uploads.get()
    assert client.get(url("download", first, pk=elsewhere.pk)).status_code == 404


def test_the_list_narrows(table, sign_in):
    DocumentFactory(group=table.group, visibility="public", title_en="Plan of the year")
    DocumentFactory(
        group=table.group, visibility="public", title_en="", title_fr="Lettre au ministre", kind="letter",
        language="fr", translation="in_progress",
    )  # fmt: skip
    client = sign_in(None)
    for query in (
        {"q": "lettre MINISTRE"},
        {"kind": "letter"},
        {"written_in": "fr"},
        {"translation": "in_progress"},
    ):
        page = text_of(client.get(url("list"), query))
        assert "Lettre au ministre" in page, query
        assert "Plan of the year" not in page, query
    assert "No document found" in text_of(client.get(url("list"), {"q": "nothing like it"}))
    assert client.get(url("list"), {"q": "\x00%' --", "kind": "../x", "page": "x"}).status_code == 200


def test_the_number_of_queries_does_not_grow(table, sign_in, record_queries):
    one = DocumentFactory(group=table.group, visibility="public")
    item = AgendaItemFactory(meeting=table.meeting)
    item.papers.add(one)
    for role, most in ((None, 8), (table.co_chair, 12)):
        client = sign_in(role)
        urls = [
            url("list"), url("detail", one), table.group.get_absolute_url(), table.meeting.get_absolute_url(),
            url("edit", one), reverse("meetings:agenda", args=["nursing", table.meeting.identifier]),
        ]  # fmt: skip
        few = [record_queries(lambda url=url, client=client: client.get(url)) for url in urls]
        for n in range(2):
            more = DocumentFactory(group=table.group, visibility="public", title_en=f"Plan {n}")
            add_upload(more.files, language="fr", by=make_term(table.group, f"Person {n} {role}").person)
            add_upload(one.files, by=make_term(table.group, f"Other {n} {role}").person)
            item.papers.add(more)
        Event.objects.all().delete()
        got = [record_queries(lambda url=url, client=client: client.get(url)) for url in urls]
        # the group's home page lists its seats, of which there are more now
        assert got == few
        assert few[0] <= most


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_sound_in_both_languages(three, table, sign_in, language):
    gone = DocumentFactory(group=table.group, is_withdrawn=True)
    add_upload(three["public"].files, language="fr")
    with translation.override(language):
        urls = [
            url("list"), url("list") + "?q=zzz", url("create"), url("detail", three["public"]), url("detail", gone),
            url("add-file", three["public"]), url("edit", three["public"]), url("withdraw", three["public"]),
        ]  # fmt: skip
    for person in (None, table.co_chair):
        client = sign_in(person)
        for address in urls:
            response = client.get(address)
            if response.status_code == 200:
                assert problems_of(text_of(response)) == [], address
                assert f'<html lang="{language}"' in text_of(response)


def test_french_words(three, table, sign_in):
    with translation.override("fr"):
        address = url("detail", three["public"])
    page = text_of(sign_in(None).get(address))
    assert address == "/fr/groupes-de-travail/nursing/documents/NUR-DOC-03/"
    for words in (
        "Télécharger en anglais",
        "Langue d’origine",
        "Toutes les versions",
        "Traduction attendue",
        'lang="en"',
    ):
        assert words in page, words


def test_hostile_words_and_formulas(table, sign_in):
    client = sign_in(table.co_chair)
    title = f"=1+1 {XSS[0]}"
    client.post(
        url("create"), form_data(title_en=title, visibility="public", file=sent("<img src=x>.pdf", pdf()))
    )
    assert not Document.objects.exists()  # a name with such signs
    client.post(
        url("create"), form_data(title_en=title, visibility="public", file=sent("=1+1 'x'.pdf", pdf()))
    )
    document = Document.objects.get()
    for address in (
        url("list"),
        url("detail", document),
        url("edit", document),
        table.group.get_absolute_url(),
    ):
        assert "<script>" not in text_of(client.get(address)).replace('<script type="module"', ""), address
    table_of_list = client.get(url("list"), {"format": "csv"}).getvalue().decode()
    assert "'=1+1" in table_of_list
    got = client.get(url("download", document, pk=document.files.newest.pk))
    assert "\n" not in got["Content-Disposition"]


def test_nothing_to_see_and_nothing_to_add(table, sign_in):
    assert "Documents" not in text_of(sign_in(None).get(table.group.get_absolute_url()))
    assert "Add a document" in text_of(sign_in(table.roster).get(table.group.get_absolute_url()))
    assert "The group shows no document to you yet." in text_of(sign_in(None).get(url("list")))


def test_the_download_is_as_the_policy_wants_through_the_whole_portal(three, sign_in):
    document = three["public"]
    response = sign_in(None).get(
        url("download", document, pk=document.files.newest.pk), headers={"accept-encoding": "gzip"}
    )
    assert response.content == pdf()
    wanted = {
        "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store", "Content-Type": "application/pdf", "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip
    assert {name: response[name] for name in wanted} == wanted
    assert "Content-Encoding" not in response
    assert (
        timezone.localdate(document.changed_at).isoformat()
        in sign_in(None).get(url("list"), {"format": "csv"}).getvalue().decode()
    )
