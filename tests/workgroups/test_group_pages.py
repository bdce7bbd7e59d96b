"""The list of groups, the home page of one, one's own groups, facts and status."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from iqn.identifiers import resolve
from members.models import Person
from tests.factories.reference import OccupationFactory, StakeholderTypeFactory
from tests.factories.workgroups import (
    FunctionFactory,
    GroupFactory,
    SeatFactory,
    TermFactory,
    TermsOfReferenceFactory,
    make_term,
)
from tests.world import TABLE
from workgroups.groups import home
from workgroups.groups.actions import group as actions
from workgroups.groups.errors import ConcludedWithoutNote, GroupIsConcluded, StaleVersion
from workgroups.groups.models import GroupSource
from workgroups.groups.permissions import group_of

pytestmark = pytest.mark.django_db
LACK = "Fewer than two co-chairs"


@pytest.fixture
def no_sections(monkeypatch):
    for name in ("_on_home", "_on_handover", "_on_strips"):
        monkeypatch.setattr(home, name, [])


def _queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def _codes(response) -> list[str]:
    return [row.group.code for row in response.context["page_obj"].object_list]


def test_the_list_narrows_by_status(client, site_pages):
    GroupFactory(code="ACT")
    GroupFactory(code="DOR", status="dormant")
    GroupFactory(code="COU", kind="council")
    path = reverse("groups:list")

    assert _codes(client.get(path)) == ["ACT", "DOR"]
    assert _codes(client.get(f"{path}?status=dormant")) == ["DOR"]
    assert _codes(client.get(f"{path}?status=%00&page=999&occupation=../x")) == ["ACT", "DOR"]
    lines = b"".join(client.get(f"{path}?format=csv")).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["ACT", "DOR"]


def test_list_in_french(client, site_pages):
    GroupFactory(name_fr="Soins infirmiers", founded="2005")
    FunctionFactory(name_fr="Lever les obstacles")
    with translation.override("fr"):
        html = client.get(reverse("groups:list")).content.decode()

    assert "Groupes de travail" in html
    assert "Soins infirmiers" in html
    assert "Lever les obstacles" in html
    assert "Today" not in html


@pytest.mark.usefixtures("no_sections")
def test_constant_queries(table, sign_in):
    staff = sign_in(table.staff)
    pages = [
        reverse("groups:list"),
        reverse("groups:detail", args=["nursing"]),
        reverse("groups:roster", args=["nursing"]),
    ]
    mine = sign_in(table.co_chair)
    before = [_queries(staff, path) for path in pages] + [_queries(mine, reverse("groups:mine"))]
    for number in range(3):
        group = GroupFactory()
        group.occupations.add(OccupationFactory(slug=f"occupation-{number}"))
        TermFactory(seat=SeatFactory(group=group), person=table.co_chair, role="co_chair")
        make_term(table.group, f"New Member {number}")

    after = [_queries(staff, path) for path in pages] + [_queries(mine, reverse("groups:mine"))]

    assert after == before
    assert max(after) <= 17


def test_staff_see_where_a_co_chair_is_missing(table, sign_in):
    lonely = GroupFactory(name_en="Lonely")
    GroupFactory(name_en="Asleep", status="dormant")
    listed = sign_in(table.staff).get(reverse("groups:list"))
    rows = {row.group.name: row.lacks_co_chairs for row in listed.context["page_obj"].object_list}

    assert rows == {"Nursing": False, "Law": True, "Lonely": True, "Asleep": False}
    assert LACK in listed.content.decode()
    assert LACK not in sign_in(table.member).get(reverse("groups:list")).content.decode()
    page = reverse("groups:detail", args=[lonely.slug])
    assert "two are wanted" in sign_in(table.staff).get(page).content.decode()
    assert "two are wanted" not in sign_in(table.member).get(page).content.decode()


def test_a_standing_seat_counts_in_every_group(table, sign_in):
    TermFactory(seat=SeatFactory(group=None, title="Consultant"), role="co_chair")
    listed = sign_in(table.staff).get(reverse("groups:list"))

    assert {row.group.name: row.lacks_co_chairs for row in listed.context["page_obj"].object_list} == {
        "Nursing": False, "Law": False,
    }  # fmt: skip


def test_home_page_shows_names_to_members_only(table, sign_in, client):
    page = reverse("groups:detail", args=["nursing"])

    assert "Cora Chair" in sign_in(table.member).get(page).content.decode()
    html = client.get(page).content.decode()
    assert "Cora Chair" not in html
    assert str(table.group.seats.first()) in html


def test_home_page_with_sources_that_differ(client, site_pages):
    group = GroupFactory(founded="2009", mandate_en="<script>alert(1)</script> Removes barriers.")
    for says in (
        "founded 2009",
        "founded 2008",
        "listed",
        "listed 2012",
        "not listed",
        "result",
        "something else",
    ):
        GroupSource.objects.create(group=group, title="A page", url="https://example.org/", says=says)
    html = client.get(reverse("groups:detail", args=[group.slug])).content.decode()

    assert "do not agree" in html
    assert "founded in 2008" in html
    assert "names the group in 2012" in html
    assert "does not name the group" in html
    assert "<script>alert" not in html


def test_home_page_in_french(table, client):
    kind = StakeholderTypeFactory(slug="union", name_fr="Syndicats")
    TermsOfReferenceFactory(group=table.group).expected_types.add(kind)
    with translation.override("fr"):
        html = client.get(reverse("groups:detail", args=["nursing"])).content.decode()

    assert "/fr/groupes-de-travail/nursing/" in html
    assert "Soins infirmiers" in html
    assert "Syndicats" in html
    assert "Mandat" in html
    assert "Key facts" not in html


@pytest.mark.usefixtures("no_sections")
def test_other_apps_fill_sections(table, sign_in, tmp_path, settings):
    (tmp_path / "demo_section.html").write_text("<h2>{{ section.words }} {{ group.code }}</h2>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]
    home.register(lambda group, user: home.Section("demo_section.html", {"words": "Next meeting"}))
    home.register(lambda group, user: None)
    home.register_handover(lambda term, user: home.Section("demo_section.html", {"words": "Open actions"}))
    home.register_strips(
        lambda groups, user: {g.pk: home.Section("demo_section.html", {"words": "Strip"}) for g in groups}
    )
    client = sign_in(table.co_chair)
    term = table.roster.terms.get()

    assert (
        "<h2>Next meeting NUR</h2>" in client.get(reverse("groups:detail", args=["nursing"])).content.decode()
    )
    assert "<h2>Strip NUR</h2>" in client.get(reverse("groups:mine")).content.decode()
    for name in ("term-end", "term-handover"):
        html = client.get(reverse(f"groups:{name}", args=["nursing", term.pk])).content.decode()
        assert "<h2>Open actions NUR</h2>" in html


def test_ones_own_groups(table, sign_in):
    def names(person) -> list[str]:
        response = sign_in(person).get(reverse("groups:mine"))
        return [(row["group"].code, [str(role) for role in row["roles"]]) for row in response.context["rows"]]

    assert names(table.co_chair) == [("NUR", ["Co-chair"])]
    assert names(table.former_co_chair) == []
    TermFactory(
        seat=SeatFactory(group=None, title="Consultant"), person=table.former_co_chair, role="co_chair"
    )
    assert names(table.former_co_chair) == [("LAW", ["Co-chair"]), ("NUR", ["Co-chair"])] or names(
        table.former_co_chair
    ) == [("NUR", ["Co-chair"]), ("LAW", ["Co-chair"])]
    assert "You hold no seat" in sign_in(table.member).get(reverse("groups:mine")).content.decode()


def test_found_by_code_and_by_search(table, client):
    table.group.occupations.add(OccupationFactory(slug="registered-nurse", name_en="Registered nurses"))
    found = client.get(reverse("portal:search"), {"q": "registered"})

    assert resolve("nur", table.member.user).title == "Nursing"
    assert resolve("XYZ", table.member.user) is None
    assert [hit.url for group in found.context["groups"] for hit in group.hits] == [
        table.group.get_absolute_url()
    ]
    with translation.override("fr"):
        html = client.get(reverse("portal:search"), {"q": "infirmiers"}).content.decode()
    assert table.group.slug in html


# --- Facts and status ------------------------------------------------------------------------------------------


def _facts(group, **changes) -> dict:
    names = (
        "name_en",
        "name_fr",
        "mandate_en",
        "mandate_fr",
        "founded",
        "time_zone",
        "contact",
        "contact_email",
        "version",
    )
    return {**{name: getattr(group, name) for name in names}, **changes}


def test_edit_the_facts(table, sign_in):
    occupation = OccupationFactory(slug="registered-nurse")
    path = reverse("groups:edit", args=["nursing"])
    client = sign_in(table.secretary)

    response = client.post(path, _facts(table.group, founded="2011-10", occupations=[occupation.pk]))

    assert response.status_code == 302
    table.group.refresh_from_db()
    assert (table.group.founded, table.group.version) == ("2011-10", 2)
    assert list(table.group.occupations.all()) == [occupation]
    assert Event.objects.about(table.group).last().sentence_en == "The facts about Nursing were edited."
    late = client.post(path, _facts(table.group, version=1, contact="The desk"))
    assert late.status_code == 409
    assert client.post(path, {**_facts(table.group), "founded": "soon"}).status_code == 200
    assert client.post(path, {**_facts(table.group), "name_en": "\x00" * 9}).status_code == 200
    decided = client.post(
        path, _facts(table.group, version=late.context["form"]["version"].value(), contact="The desk")
    )
    assert decided.status_code == 302
    with pytest.raises(StaleVersion):
        actions.edit(by=table.secretary, group=table.group, expected_version=1, values={})


def test_a_group_concludes_with_a_note_and_is_read_only_then(table, sign_in):
    path = reverse("groups:status", args=["nursing"])
    client = sign_in(table.co_chair)

    refused = client.post(path, {"status": "concluded", "closing_note_en": "Done."})
    assert str(ConcludedWithoutNote.sentence) in refused.content.decode()
    accepted = client.post(
        path, {"status": "concluded", "closing_note_en": "Done.", "closing_note_fr": "Fini."}
    )

    assert accepted.status_code == 302
    table.group.refresh_from_db()
    assert (table.group.status, table.group.status_since) == ("concluded", timezone.localdate().isoformat())
    for person in (table.co_chair, table.staff):
        for name in ("edit", "status", "terms-edit", "seat-add"):
            assert sign_in(person).get(reverse(f"groups:{name}", args=["nursing"])).status_code == 403
    assert "Done." in client.get(reverse("groups:detail", args=["nursing"])).content.decode()
    with pytest.raises(GroupIsConcluded):
        actions.change_status(by=table.staff, group=table.group, status="active")


def test_the_same_status_changes_nothing(table):
    actions.change_status(by=table.staff, group=table.group, status="active")

    assert (table.group.status_since, Event.objects.about(table.group).count()) == ("", 0)


RUNNING = {"secretary": 200, "co_chair": 200, "staff": 200, "anonymous": 302}


@pytest.mark.parametrize(
    "name", ["edit", "status", "terms-edit", "seat-add", "term-begin", "term-end", "term-role"]
)
def test_only_those_who_run_it_change_it(name, table, sign_in):
    term = table.alternate.terms.get()
    pk = {"term-begin": [term.seat.pk], "term-end": [term.pk], "term-role": [term.pk]}.get(name, [])
    path = reverse(f"groups:{name}", args=["nursing", *pk])
    got = {role: sign_in(table.people.get(role)).get(path).status_code for role in TABLE}

    assert got == {role: RUNNING.get(role, 403) for role in TABLE}


def test_standing_seats_are_for_staff(table, sign_in):
    seat = SeatFactory(group=None, title="Consultant")
    path = reverse("groups:term-begin", args=["nursing", seat.pk])

    assert sign_in(table.co_chair).get(path).status_code == 403
    assert sign_in(table.staff).get(path).status_code == 200


def test_rights_end_with_the_term(table, sign_in):
    term = table.co_chair.terms.get()
    path = reverse("groups:edit", args=["nursing"])
    assert sign_in(table.co_chair).get(path).status_code == 200
    term.until = timezone.localdate()
    term.since = timezone.localdate() - timedelta(days=9)
    term.save()

    assert sign_in(Person.objects.get(pk=table.co_chair.pk)).get(path).status_code == 403


def test_every_target_knows_its_group(table):
    term = table.roster.terms.get()

    assert [group_of(target) for target in (None, table.group, term, term.seat)] == [None, *[table.group] * 3]
