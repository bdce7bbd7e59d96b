"""What every list does: facets that count, chips, pages, CSV; wrong input never ends in an error."""

from __future__ import annotations

import pytest

from iqn import facets, paging
from members.choices import MembershipState
from tests.factories.members import make_person
from tests.factories.reference import JurisdictionFactory, OccupationFactory

pytestmark = pytest.mark.django_db
URL = "/en/members/"


@pytest.fixture
def members(cast, site_pages):
    """Three nurses in two provinces, one teacher; the cast (four members) has neither."""
    nurse, teacher = OccupationFactory(slug="nurse"), OccupationFactory(slug="teacher")
    ns, on = JurisdictionFactory(code="NS"), JurisdictionFactory(code="ON")
    for name, occupation, place, languages in (
        ("Alder Demo", nurse, ns, "en"), ("Birch Demo", nurse, ns, "en,fr"),
        ("Cedar Demo", nurse, on, "fr"), ("Elm Demo", teacher, on, "en"),
    ):  # fmt: skip
        make_person(
            name, MembershipState.APPROVED, occupation=occupation, jurisdiction=place, languages=languages
        )
    return cast


def _counts(response, name: str) -> dict[str, int]:
    box = next(box for box in response.context["facets"] if box.name == name)
    return {option.value: option.count for option in box.options}


def _names(response) -> list[str]:
    return [person.name for person in response.context["page_obj"].object_list]


def test_facets_count_what_they_would_leave(members, sign_in):
    response = sign_in(members.member).get(URL)

    assert _counts(response, "occupation") == {"nurse": 3, "teacher": 1}
    assert _counts(response, "jurisdiction") == {"province-ns": 2, "province-on": 2}
    assert _counts(response, "language") == {"en": 6, "fr": 2}


def test_a_facet_counts_under_the_other_filters_and_not_under_itself(members, sign_in):
    response = sign_in(members.member).get(URL + "?occupation=nurse")

    assert _names(response) == ["Alder Demo", "Birch Demo", "Cedar Demo"]
    assert _counts(response, "occupation") == {"nurse": 3, "teacher": 1}
    assert _counts(response, "jurisdiction") == {"province-ns": 2, "province-on": 1}


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(members, sign_in):
    get = sign_in(members.member).get

    both = get(URL + "?occupation=nurse&occupation=teacher")
    narrowed = get(URL + "?occupation=nurse&occupation=teacher&jurisdiction=province-on&language=fr")

    assert _names(both) == ["Alder Demo", "Birch Demo", "Cedar Demo", "Elm Demo"]
    assert _names(narrowed) == ["Cedar Demo"]


def test_chips_take_one_filter_off_and_go_back_to_the_first_page(members, sign_in):
    response = sign_in(members.member).get(URL + "?q=demo&occupation=nurse&occupation=teacher&page=1")

    assert [(chip.label, chip.query) for chip in response.context["chips"]] == [
        ("“demo”", "?occupation=nurse&occupation=teacher"),
        ("nurse in English", "?q=demo&occupation=teacher"),
        ("teacher in English", "?q=demo&occupation=nurse"),
    ]


def test_an_unknown_value_of_a_vocabulary_is_named_and_can_be_taken_off(members, sign_in):
    response = sign_in(members.member).get(URL + "?occupation=astronaut")

    assert _names(response) == []
    assert [(chip.label, chip.query) for chip in response.context["chips"]] == [("unknown: astronaut", "?")]


@pytest.mark.parametrize(
    "query",
    [
        "?nonsense=1",
        "?language=xx",
        "?occupation=",
        "?occupation=%00",
        "?occupation=<b>",
        "?sort=x",
        "?page=",
        "?format=exe",
    ],
)
def test_what_nobody_knows_is_left_out(members, sign_in, query):
    response = sign_in(members.member).get(URL + query)

    assert (response.status_code, len(_names(response)), response.context["chips"]) == (200, 8 - 1, [])


def test_words_that_are_too_long_or_damaged_are_refused_beside_the_field(members, sign_in):
    get = sign_in(members.member).get

    assert "at most 120 characters" in get(URL + "?q=" + "x" * 200).content.decode()
    assert "Null characters are not allowed." in get(URL + "?q=%00").content.decode()


@pytest.mark.parametrize(
    ("asked", "got"),
    [("2", 2), ("0", 1), ("-1", 1), ("99", 3), ("x", 1), ("²", 1), ("9" * 40, 3), ("1.5", 1)],
)
def test_the_nearest_page_is_shown(members, sign_in, monkeypatch, asked, got):
    monkeypatch.setattr("members.views.directory.PersonList.page_size", 3)

    response = sign_in(members.member).get(URL, {"page": asked})

    assert (response.status_code, response.context["page_obj"].number) == (200, got)


def test_counts_stop_and_pages_go_on(members, sign_in, monkeypatch):
    monkeypatch.setattr(facets, "COUNT_LIMIT", 2)
    monkeypatch.setattr(paging, "COUNT_LIMIT", 2)
    monkeypatch.setattr("members.views.directory.PersonList.page_size", 3)
    get = sign_in(members.member).get

    first, last, beyond = get(URL), get(URL + "?page=3"), get(URL + "?page=50")

    assert first.context["total"] == 3  # "more than 2"
    assert _counts(first, "occupation") == {"nurse": 3, "teacher": 1}
    assert (first.context["page_obj"].nearby, first.context["page_obj"].has_next) == ([1, 2, None], True)
    assert (last.context["page_obj"].nearby, last.context["page_obj"].has_next) == ([1, 2, 3], False)
    assert (beyond.context["page_obj"].number, _names(beyond)) == (3, _names(last))


def test_the_deepest_page_is_bounded(members, sign_in, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_LIMIT", 2)
    monkeypatch.setattr(paging, "LAST_PAGE", 2)
    monkeypatch.setattr("members.views.directory.PersonList.page_size", 3)

    page = sign_in(members.member).get(URL + "?page=9").context["page_obj"]

    assert (page.number, page.has_next) == (2, False)


@pytest.mark.parametrize(
    ("number", "last", "expected"),
    [
        (1, 1, [1]), (1, 9, [1, 2, None, 9]), (5, 9, [1, None, 4, 5, 6, None, 9]),
        (3, 5, [1, 2, 3, 4, 5]), (9, 9, [1, None, 8, 9]),
    ],
)  # fmt: skip
def test_page_numbers_offered(number, last, expected):
    page = paging.ListPage([], number, 100, has_next=number < last, last=last)

    assert page.nearby == expected


def test_csv_holds_the_filtered_list(members, sign_in):
    response = sign_in(members.member).get(URL + "?occupation=teacher&format=csv")

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [line.split(",")[0] for line in lines] == ["Name", "Elm Demo"]
