"""Pages of initiatives: list, page, history, one's own; in both languages, for each reader, at a constant cost."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from initiatives.actions import indexing
from initiatives.actions import initiatives as actions
from initiatives.choices import Confidence, PostState, PostVisibility
from initiatives.models import Initiative, InitiativeTranslation
from iqn import identifiers, searching
from members.actions import applications
from members.choices import MembershipState
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import OrganizationFactory, make_person
from tests.factories.reference import (
    InitiativeTypeFactory,
    JurisdictionFactory,
    OccupationFactory,
    PillarFactory,
    StageFactory,
    StakeholderTypeFactory,
)
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(site_pages):
    """The footer leads to official pages."""


@pytest.fixture
def author(db):
    return make_person("Amir Author", MembershipState.APPROVED)


@pytest.fixture
def member(db):
    return make_person("Mia Member", MembershipState.APPROVED)


@pytest.fixture
def staff(db):
    return make_person("Sam Staff", staff=True)


def described(**values) -> Initiative:
    """With one of everything around it, indexed."""
    initiative = InitiativeFactory(**values)
    initiative.types.add(InitiativeTypeFactory(slug="mentoring"))
    initiative.occupations.add(OccupationFactory(slug="midwife"))
    initiative.jurisdictions.add(JurisdictionFactory(code="NS"))
    initiative.stages.add(StageFactory(slug="bridging"))
    initiative.pillars.add(PillarFactory(slug="working-together"))
    initiative.partners.add(OrganizationFactory())
    InitiativeTranslation.objects.create(
        initiative=initiative,
        language="fr",
        title=f"{initiative.title} en français",
        summary="Un court résumé.",
    )
    indexing.index(initiative)
    return initiative


def url_of(name: str, language: str = "en", **kwargs) -> str:
    with translation.override(language):
        return reverse(f"initiatives:{name}", kwargs=kwargs)


def html_of(response) -> str:
    html = response.content.decode()
    assert problems_of(html) == []
    return html


def titles(client, query: str = "", language: str = "en") -> list[str]:
    response = client.get(url_of("list", language) + query)
    assert response.status_code == 200
    assert problems_of(response.content.decode()) == []
    return [row.title for row in response.context["page_obj"].object_list]


# --- The list ---


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_whatever_its_length(rows, member, sign_in, django_assert_num_queries):
    for _number in range(rows):
        described()
    client = sign_in(member)
    titles(client)

    with django_assert_num_queries(5):  # session, reader, count, rows, their tags; the facets are still known
        client.get(url_of("list"))


def test_search_in_the_list_costs_two_more(member, sign_in, django_assert_num_queries):
    described(title="Mentoring")
    client = sign_in(member)
    client.get(url_of("list"))

    with django_assert_num_queries(7):
        client.get(url_of("list") + "?q=mentoring")


def test_rows_are_in_the_readers_language(client):
    described(title="Mentoring")
    InitiativeFactory(title="Only in English")

    assert titles(client) == ["Only in English", "Mentoring"]
    assert titles(client, language="fr") == ["Only in English", "Mentoring en français"]
    html = html_of(client.get(url_of("list", "fr")))
    assert '<a href="/fr/initiatives/' in html
    assert 'lang="en">Only in English</a>' in html
    assert "en anglais seulement" in html


def test_each_facet_narrows_and_counts(client):
    kind = StakeholderTypeFactory(slug="employer")
    described(title="For midwives", lead_organization=OrganizationFactory(kind=kind), status="pilot")
    InitiativeFactory(title="Another", language="fr")

    for query in ("occupation=midwife", "jurisdiction=province-ns", "stage=bridging", "type=mentoring",
                  "status=pilot", "pillar=working-together", "organization=employer", "language=en"):  # fmt: skip
        assert titles(client, f"?{query}") == ["For midwives"], query
    boxes = {box.name: {o.value: o.count for o in box.options} for box in
             client.get(url_of("list")).context["facets"]}  # fmt: skip
    assert boxes["occupation"] == {"midwife": 1}
    assert boxes["status"] == {"pilot": 1, "running": 1}
    assert boxes["language"] == {"en": 1, "fr": 1}


def test_all_occupations_and_all_of_canada_answer_every_value(client):
    described(title="Named")
    InitiativeFactory(title="Everything", all_occupations=True, pan_canadian=True)
    OccupationFactory(slug="dentist")

    assert titles(client, "?occupation=midwife") == ["Everything", "Named"]
    assert titles(client, "?occupation=dentist") == ["Everything"]
    assert titles(client, "?jurisdiction=province-ns") == ["Everything", "Named"]
    boxes = {box.name: {o.value: o.count for o in box.options} for box in
             client.get(url_of("list")).context["facets"]}  # fmt: skip
    assert boxes["occupation"] == {"midwife": 2, "dentist": 1}
    assert boxes["jurisdiction"] == {"province-ns": 2}


def test_sorting(client):
    described(title="Éclair", status_as_of="2010")
    described(title="Zebra", status_as_of="2020-05")
    described(title="apple", status_as_of="2020")

    assert titles(client) == ["apple", "Zebra", "Éclair"]
    assert titles(client, "?sort=title") == ["apple", "Éclair", "Zebra"]
    assert titles(client, "?sort=as-of") == ["Zebra", "apple", "Éclair"]
    assert titles(client, "?sort=nonsense") == ["apple", "Zebra", "Éclair"]


def test_search_knows_both_languages_accents_beginnings_and_typing_errors(client):
    described(title="Licensure of nurses")
    InitiativeFactory(title="Something else")

    for words in ("nurse", "NURSES", "licens", "francais", "français", "licensre"):
        assert [
            str(t).replace("<mark>", "").replace("</mark>", "") for t in titles(client, f"?q={words}")
        ] == ["Licensure of nurses"], words
    assert titles(client, "?q=nurse")[0] == "Licensure of <mark>nurses</mark>"
    assert titles(client, "?q=nothing-at-all") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_words_that_nobody_wrote_are_compared_once(rows, client, django_assert_num_queries):
    """The list, its count and each value of each facet take what was found by its keys."""
    for _number in range(rows):
        described(title="Licensure of nurses")

    with django_assert_num_queries(
        10
    ) as found:  # spelled right?, alike within its limit (5), count, rows, tags, facets
        response = client.get(url_of("list") + "?q=licensre&stage=bridging&status=running")

    boxes = {box.name: {o.value: o.count for o in box.options} for box in response.context["facets"]}
    assert response.context["total"] == rows
    assert (boxes["stage"], boxes["status"]) == ({"bridging": rows}, {"running": rows})
    assert sum(query["sql"].count("%>") for query in found.captured_queries) == 1
    with CaptureQueriesContext(connection) as unknown:
        assert titles(client, "?q=zzqxj") == []
    assert sum(query["sql"].count("%>") for query in unknown.captured_queries) == 1


def test_no_more_than_so_many_that_look_alike_are_listed(client, monkeypatch):
    monkeypatch.setattr(searching, "MOST_ALIKE", 2)
    for number in range(3):
        described(title=f"Licensure {number}")

    assert len(titles(client, "?q=licensre")) == 2
    assert titles(client, "?q=licensre&status=pilot") == []


def test_comparing_letters_ends_in_time_and_leaves_nothing_behind(monkeypatch):
    described(title="Licensure")
    slow = Initiative.objects.extra(where=["pg_sleep(20)::text IS NOT NULL"])  # noqa: S610
    monkeypatch.setattr(searching, "PATIENCE", "100ms")

    assert searching.alike(slow, "licensre") == []
    assert searching.alike(Initiative.objects.all(), "licensre") == [Initiative.objects.get().pk]
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_database_that_is_away_is_no_empty_list(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        searching.alike(Initiative.objects.all(), "licensre")


def test_best_match_comes_first_unless_another_order_is_asked_for(client):
    described(title="Nurses and nursing", status_as_of="2001")
    described(title="Something", summary="About nurses", status_as_of="2002")

    assert [str(t) for t in titles(client, "?q=nurses")][0].startswith("<mark>Nurses")
    assert titles(client, "?q=nurses&sort=as-of")[0] == "Something"


def test_pages_and_empty_list(client):
    assert "Nothing has been published yet." in html_of(client.get(url_of("list")))
    InitiativeFactory.create_batch(26)
    assert len(titles(client)) == 25
    assert len(titles(client, "?page=2")) == 1
    assert titles(client, "?status=evaluated") == []
    assert "Take off a filter" in html_of(client.get(url_of("list") + "?status=evaluated"))


def test_the_csv_holds_the_same_rows_with_formulas_defused(client):
    described(title="=1+1")
    InitiativeFactory(title="Other", status="idea")

    response = client.get(url_of("list") + "?format=csv&status=running")

    text = b"".join(response.streaming_content).decode()
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0][:2] == ["Identifier", "Title"]
    assert [line[1] for line in lines[1:]] == ["'=1+1"]
    assert "mentoring in English" in lines[1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_csv_costs_the_same_whatever_its_length(rows, client, django_assert_num_queries):
    for _number in range(rows):
        described()

    with django_assert_num_queries(9):  # rows and their eight relations
        b"".join(client.get(url_of("list") + "?format=csv").streaming_content)


@pytest.mark.parametrize(
    "query", ["?occupation=nobody", "?page=-1", "?page=x", "?sort=%00", "?q=%00", "?q=" + "x" * 500, "?status=<b>",
              "?unknown=1", "?jurisdiction='--", "?q=%27%29%3B", "?q=l%27", "?occupation=" + "a" * 300],
)  # fmt: skip
def test_hostile_or_unknown_parameters_show_a_list(query, client):
    described()

    assert client.get(url_of("list") + query).status_code == 200


# --- The page of one ---


@pytest.mark.parametrize("around", [1, 3])
def test_detail_costs_the_same_whatever_surrounds_it(around, member, sign_in, django_assert_num_queries):
    initiative = described()
    for number in range(around):
        initiative.occupations.add(OccupationFactory(slug=f"o{number}"))
        initiative.partners.add(OrganizationFactory())
    client = sign_in(member)
    client.get(initiative.get_absolute_url())

    with django_assert_num_queries(8):  # session, reader, row, two relations, tags; two for comments
        client.get(initiative.get_absolute_url())


def test_detail_in_both_languages(client):
    initiative = described(
        title="Mentoring", work="What **we** do.", results="Half.", results_basis="claimed"
    )

    english = html_of(client.get(url_of("detail", identifier=initiative.identifier)))
    french = html_of(client.get(url_of("detail", "fr", identifier=initiative.identifier)))

    assert "<strong>we</strong>" in english
    assert "Reported by those who run it" in english
    assert "in English only" not in english
    assert "Mentoring en français" in french
    assert french.count("La suite n’existe qu’en anglais.") == 1  # once, above the body
    assert '<div class="prose" lang="en">' in french


def test_detail_of_a_text_in_french_only(client):
    initiative = InitiativeFactory(title="Mentorat", language="fr")

    html = html_of(client.get(url_of("detail", identifier=initiative.identifier)))

    assert '<h1 lang="fr">Mentorat</h1>' in html
    assert html.count('<span class="tag">in French only</span>') == 1


def test_names_of_people_are_for_members_unless_they_chose_otherwise(client, author, member, sign_in):
    initiative = InitiativeFactory(author=author)
    address = initiative.get_absolute_url()
    organization = str(initiative.author_organization)

    assert "Amir Author" not in client.get(address).content.decode()
    assert f"Posted by {organization}" in client.get(address).content.decode()
    assert f"Posted by Amir Author, {organization}" in sign_in(member).get(address).content.decode()
    author.is_listed_publicly = True
    author.save()
    assert f"Posted by Amir Author, {organization}" in client.get(address).content.decode()


def test_what_only_staff_read(client, staff, member, sign_in):
    initiative = InitiativeFactory(author=None, to_verify="The year it began", confidence=Confidence.MEDIUM)
    address = initiative.get_absolute_url()

    assert "The year it began" in html_of(sign_in(staff).get(address))
    assert "The year it began" not in sign_in(member).get(address).content.decode()
    assert "The year it began" not in client.get(address).content.decode()


def test_facts_of_every_kind_are_shown(client):
    later = InitiativeFactory(title="The later one")
    initiative = described(
        all_occupations=True, pan_canadian=True, replaced_by=later, started="2010", ended="2013-03",
        offered_in="en,fr", website="https://example.org/", contact="Registrar", sources=["https://example.org/a"],
        recognition="An award", other_partners="Two colleges", status_as_of_estimated=True,
    )  # fmt: skip

    html = html_of(client.get(initiative.get_absolute_url()))

    for text in ("Several or all occupations", "All of Canada", later.identifier, "2010 to March\xa02013",
                 "English and French", "https://example.org/", "Registrar", "An award", "Two colleges",
                 "Running, as of about January\xa02026", "Cite this initiative"):  # fmt: skip
        assert text in html, text


def test_what_replaced_it_is_named_in_the_readers_language_or_says_in_which(client):
    later = InitiativeFactory(title="Plus tard", language="fr")
    initiative = InitiativeFactory(replaced_by=later)
    named = f'<a href="{later.get_absolute_url()}" lang="fr">{later.identifier} Plus tard</a>'

    assert f'{named} <span class="tag">in French only</span>' in html_of(
        client.get(initiative.get_absolute_url())
    )
    InitiativeTranslation.objects.create(initiative=later, language="en", title="The later one")
    assert f"{later.identifier} The later one</a>" in html_of(client.get(initiative.get_absolute_url()))


@pytest.mark.parametrize(
    ("started", "ended", "expected"), [("2010", "", "Since 2010"), ("", "2013", "Until 2013")]
)
def test_periods_with_one_end(started, ended, expected, client):
    initiative = InitiativeFactory(started=started, ended=ended, status_as_of="")

    assert expected in client.get(initiative.get_absolute_url()).content.decode()


def test_hidden_is_like_unknown_for_outsiders_and_explained_to_its_author(
    author, staff, member, client, sign_in
):
    initiative = InitiativeFactory(author=author)
    actions.hide(initiative=initiative, by=staff, reason="It names a patient.")

    assert client.get(initiative.get_absolute_url()).status_code == 404
    assert sign_in(member).get(initiative.get_absolute_url()).status_code == 404
    assert "It names a patient." in html_of(sign_in(author).get(initiative.get_absolute_url()))
    assert "Hidden by staff" in html_of(sign_in(staff).get(initiative.get_absolute_url()))


# --- History and one's own ---


def test_history_of_what_never_appeared_is_read_by_an_author_who_is_no_member_any_more(
    author, staff, sign_in
):
    initiative = actions.save_draft(
        by=author,
        values={
            "title": "T", "summary": "S", "work": "W", "lead_organization": OrganizationFactory(), "status": "idea",
            "types": [InitiativeTypeFactory()],
        },
    )  # fmt: skip
    initiative = actions.submit(initiative=initiative, by=author)
    applications.reverse(application=author.applications.get(), by=staff)

    answer = sign_in(author).get(url_of("history", identifier=initiative.identifier))

    assert (initiative.published_at, answer.status_code) == (None, 200)
    assert "It was sent to staff for review." in html_of(answer)


def test_history_tells_outsiders_nothing_from_before_publication(author, staff, client, sign_in):
    initiative = actions.save_draft(
        by=author,
        values={
            "title": "T", "summary": "S", "work": "W", "lead_organization": OrganizationFactory(), "status": "idea",
            "types": [InitiativeTypeFactory()],
        },
    )  # fmt: skip
    initiative = actions.submit(initiative=initiative, by=author)
    initiative = actions.publish(initiative=initiative, by=staff)
    actions.edit(initiative=initiative, by=author, version=1, values={"summary": "Better"})
    address = url_of("history", identifier=initiative.identifier)

    outside = html_of(client.get(address))
    own = html_of(sign_in(author).get(address))
    member = html_of(sign_in(make_person("Mia Member", MembershipState.APPROVED)).get(address))

    for html in (outside, member):
        assert [phrase in html for phrase in ("A draft was started.", "It was published.", "Changed: summary.")] == [
            False, True, True,
        ]  # fmt: skip
    assert "A draft was started." in own
    assert "Amir Author" in own
    assert "Amir Author" not in outside
    assert html_of(client.get(url_of("history", "fr", identifier=initiative.identifier)))


def test_history_without_events(client):
    assert "Nothing has happened" in html_of(
        client.get(url_of("history", identifier=InitiativeFactory().identifier))
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_mine_says_who_acts_next(rows, author, sign_in, django_assert_num_queries):
    for state in list(PostState)[:rows]:
        InitiativeFactory(author=author, state=state, decision_text="Because", title=f"My {state}")
    client = sign_in(author)
    html = html_of(client.get(url_of("mine")))

    for state in list(PostState)[:rows]:
        assert f"My {state}" in html
        assert str(Initiative(state=state).next_step) in html
    with django_assert_num_queries(4):  # session, reader, rows, their translations
        client.get(url_of("mine"))


def test_mine_when_empty_and_in_french(author, sign_in):
    client = sign_in(author)
    assert "You have not posted anything yet" in html_of(client.get(url_of("mine")))
    assert "Vous n’avez encore rien publié" in html_of(client.get(url_of("mine", "fr")))


def test_identifiers_resolve_to_what_the_reader_may_see(member, client):
    shown = InitiativeFactory(title="Shown")
    private = InitiativeFactory(title="Private", visibility=PostVisibility.MEMBERS)
    from django.contrib.auth.models import AnonymousUser

    assert identifiers.resolve(shown.identifier.lower(), AnonymousUser()).title == "Shown"
    assert identifiers.resolve(private.identifier, AnonymousUser()) is None
    assert identifiers.resolve("IQN-9999", AnonymousUser()) is None
    assert identifiers.resolve(private.identifier, member.user).url == private.get_absolute_url()


def test_an_identifier_has_one_spelling(client):
    from django.contrib.auth.models import AnonymousUser

    shown = InitiativeFactory(title="Shown")
    elsewhere = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    other = "IQN-" + shown.identifier.removeprefix("IQN-").translate(elsewhere)

    assert client.get(url_of("detail", identifier=shown.identifier)).status_code == 200
    assert client.get(f"/en/initiatives/{shown.identifier}/").status_code == 200
    assert client.get(f"/en/initiatives/{other}/").status_code == 404
    assert identifiers.resolve(other, AnonymousUser()) is None


def test_two_thousand_rows_stay_within_the_budget(member, sign_in, django_assert_max_num_queries):
    organization = OrganizationFactory()
    Initiative.objects.bulk_create(
        Initiative(
            number=10000 + n, title=f"Initiative {n} about the recognition of qualifications in one profession",
            summary="What was done, by whom and for whom, in two or three sentences that readers scan. " * 3, work="Work.",
            language="en", state=PostState.PUBLISHED, published_at=timezone.now(), lead_organization=organization,
            status_as_of="2026-01",
        )
        for n in range(2000)
    )  # fmt: skip
    Initiative.objects.update(search_vector=searching.vector([("qualifications", "en", "A")]))
    client = sign_in(member)
    client.get(url_of("list"))

    with django_assert_max_num_queries(8):
        response = client.get(url_of("list"))

    assert response.context["total"] == 1001
    assert "More than 1,000 initiatives" in response.content.decode()
    assert len(response.content) < 25_000
    with django_assert_max_num_queries(8):
        response = client.get(url_of("list") + "?q=qualifications&status=running&page=3")
    assert len(response.context["page_obj"].object_list) == 25
