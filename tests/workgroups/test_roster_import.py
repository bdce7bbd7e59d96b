"""Rosters from CSV: what a dry run lists is what happens."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from iqn.importing import FileError
from members.models import Organization, Person
from tests.factories.members import OrganizationFactory
from tests.factories.reference import StakeholderTypeFactory
from workgroups.groups.actions import roster_import as actions
from workgroups.groups.models import Group, Term

pytestmark = pytest.mark.django_db
HEAD = "type,organization,title,scope,name,email,role,since,until\n"


@pytest.fixture
def union(db):
    return StakeholderTypeFactory(slug="union", name_en="Unions", name_fr="Syndicats")


def _run(table, text: str, *, keep: bool = True) -> list[tuple[int, str]]:
    run = actions.apply if keep else actions.dry_run
    return [(o.line, o.verdict.value) for o in run(by=table.staff, group=table.group, text=text)]


def test_a_dry_run_changes_nothing_and_the_import_does_what_it_said(table, union):
    OrganizationFactory(name_en="Harbour Union")
    text = HEAD + (
        "union,Harbour Union,,,Nora New,nora@example.org,member,2024-01-15,\n"
        "Syndicats,,Chair of nurses,atlantic,Otto Other,,Co-chair,2024-02-01,2025-02-01\n"
        "\n"
        "Unions,New Union,,,Una Union,,observer,2024-01-15,\n"
    )
    before = (Term.objects.count(), Person.objects.count(), Organization.objects.count())

    planned = _run(table, text, keep=False)
    assert (Term.objects.count(), Person.objects.count(), Organization.objects.count()) == before
    done = _run(table, text)

    assert planned == done == [(2, "create"), (3, "create"), (5, "create")]
    assert Term.objects.count() == before[0] + 3
    assert _run(table, text) == [(2, "same"), (3, "same"), (5, "same")]
    changed = text.replace("nora@example.org,member,2024-01-15", "nora@example.org,secretary,2025-01-15")
    changed = changed.replace("observer,2024-01-15,", "observer,2024-01-15,2026-01-01")
    assert _run(table, changed) == [(2, "change"), (3, "same"), (5, "change")]
    assert list(Term.objects.filter(person__name="Nora New").order_by("since").values_list("role", flat=True)) == [
        "member", "secretary",
    ]  # fmt: skip


def test_two_people_share_a_seat(table, union):
    text = HEAD + (
        "union,,Chair of nurses,,Nora New,,member,2024-01-15,\n"
        "union,,chair of NURSES,,Otto Other,,alternate,2024-02-01,\n"
    )
    outcomes = actions.apply(by=table.staff, group=table.group, text=text)

    assert [outcome.sentence for outcome in outcomes] == [
        "Nora New on a new seat: Chair of nurses",
        "Otto Other on the seat: Chair of nurses",
    ]
    seat = Term.objects.get(person__name="Nora New").seat
    assert sorted(seat.terms.values_list("person__name", "role")) == [
        ("Nora New", "member"),
        ("Otto Other", "alternate"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        "nonsense,,Title,,Nora,,member,2024-01-15,",
        "union,,,,Nora,,member,2024-01-15,",
        "union,,Title,,,,member,2024-01-15,",
        "union,,Title,lunar,Nora,,member,2024-01-15,",
        "union,,Title,,Nora,,king,2024-01-15,",
        "union,,Title,,Nora,no address,member,2024-01-15,",
        "union,,Title,,Nora,,member,15/01/2024,",
        "union,,Title,,Nora,,member,2024-01-15,2023-01-01",
        f"union,,Title,,{'N' * 121},,member,2024-01-15,",
    ],
)
def test_one_line_with_an_error_stops_all(cells, table, union):
    sound = "union,,Another,,Sound Person,,member,2024-01-15,\n"

    assert _run(table, HEAD + sound + cells) == [(2, "create"), (3, "error")]
    assert not Term.objects.filter(person__name="Sound Person").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type,name,role,since,shoe size\n", "shoe size"),
        ("type,name,since\n", "role"),
        ('type,name,role,since\n"union' + "\x00" * 3 + "x" * 140_000, "not CSV"),
        (HEAD + "union,,T,,N,,member,2024-01-15,\n" * 501, "500"),
    ],
)
def test_files_that_cannot_be_read(text, said, table, union):
    with pytest.raises(FileError, match=said):
        actions.dry_run(by=table.staff, group=table.group, text=text)


def test_an_empty_file(table):
    with pytest.raises(FileError, match="empty"):
        actions.dry_run(by=table.staff, group=table.group, text="")


def test_semicolons_and_people_of_the_table(table, union):
    text = "Type;Name;Title;Role;Since\nunion;rosa roster;Second seat;member;2024-01-15"

    assert _run(table, text) == [(2, "create")]
    assert table.roster.terms.count() == 2


def test_the_page(table, union, sign_in):
    path = reverse("groups:roster-import", args=["nursing"])
    staff = sign_in(table.staff)
    assert sign_in(table.co_chair).get(path).status_code == 403
    text = HEAD + "union,,Demo seat,,<b>Nora</b>,,member,2024-01-15,\n"

    checked = staff.post(
        path, {"file": SimpleUploadedFile("r.csv", ("\ufeff" + text).encode()), "do": "check"}
    )
    html = checked.content.decode()
    assert "&lt;b&gt;Nora" in html
    assert not Term.objects.filter(person__name__contains="Nora").exists()
    assert staff.post(path, {"text": checked.context["text"], "do": "apply"}).status_code == 302
    assert Term.objects.filter(person__name__contains="Nora").count() == 1
    bad = staff.post(path, {"text": text.replace("member", "king"), "do": "apply"})
    assert "1 line has an error" in bad.content.decode()
    for typed in ({}, {"text": "x,y"}, {"text": "a" * 200_001}, {"file": SimpleUploadedFile("r", b"\xff\xfe\x00")},
                  {"file": SimpleUploadedFile("r", b"a" * 200_001)}):  # fmt: skip
        assert list(staff.post(path, typed).context["form"].errors) == ["file"]
    with translation.override("fr"):
        assert (
            "Importer la composition"
            in staff.get(reverse("groups:roster-import", args=["nursing"])).content.decode()
        )


def test_demo_tables_once(db, settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    call_command("load_content", verbosity=0)
    for _again in range(2):
        call_command("load_demo", stdout=io.StringIO())
    chair = Person.objects.get(user__email="cochair@example.org")
    member = Person.objects.get(user__email="member@example.org")

    assert [g.code for g in Group.objects.of_person(chair, roles=["co_chair"])] == ["ENG", "NUR"]
    assert [g.code for g in Group.objects.of_person(member)] == ["NUR"]
    assert list(Group.objects.filter(is_demo=True).values_list("code", flat=True)) == ["ENG", "NUR"]
    assert Group.objects.get(code="NUR").terms_of_reference.get().adopted_on < timezone.localdate()
    assert Term.objects.filter(seat__group__code="LAW").count() == 0


def test_the_page_names_the_words_that_a_column_takes(table, union, sign_in):
    html = sign_in(table.staff).get(reverse("groups:roster-import", args=["nursing"])).content.decode()

    for word in ("Unions", "pan_canadian", "co_chair"):
        assert f"<code>{word}</code>" in html
