"""The search tool on real rows, both languages."""

import pytest
from django.db import connection

from initiatives.models import Initiative
from iqn import searching
from iqn.text import folded
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


def indexed(title: str, language: str = "en", summary: str = "") -> Initiative:
    initiative = InitiativeFactory(title=title, language=language, summary=summary)
    Initiative.objects.filter(pk=initiative.pk).update(
        search_vector=searching.vector([(title, language, "A"), (summary, language, "B")]),
        search_text=folded(f"{title} {summary}"),
    )
    return initiative


@pytest.mark.parametrize(
    ("title", "language", "typed"),
    [
        ("Bridging programs for nurses", "en", "program"),
        ("Bridging programs for nurses", "en", "bridg nurs"),
        ("Passerelle vers l’agrément des infirmières", "fr", "agrement"),
        ("Passerelle vers l'agrément des infirmières", "fr", "l'agrément"),
        ("Évaluation des compétences", "fr", "evaluations competence"),
        ("Évaluation des compétences", "fr", "ÉVALUATION"),
        ("Competency assessment", "en", "competancy"),
        ("Mentorat pour ingénieurs", "fr", "ingenieurz"),
    ],
)
def test_finds(title, language, typed):
    wanted = indexed(title, language)
    indexed("Something about welding", "en")

    assert list(searching.search(Initiative.objects.all(), typed)) == [wanted]


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "'", "&|!", "\x00", "' | '", ":*", "('", "é", "%%%", "<script>" * 40]
)
def test_odd_queries_find_without_error(typed):
    indexed("Something about welding")

    assert list(searching.search(Initiative.objects.all(), typed)) == []


def test_titles_count_more_than_summaries():
    in_summary = indexed("Mentoring", summary="welding welding welding")
    in_title = indexed("Welding")

    assert list(searching.search(Initiative.objects.all(), "welding")) == [in_title, in_summary]


def test_highlights_and_escapes():
    marked = searching.highlight("<b>Évaluations</b> & more", "evaluation")

    assert marked == "&lt;b&gt;<mark>Évaluations</mark>&lt;/b&gt; &amp; more"


def test_excerpt_is_around_the_first_hit():
    text = " ".join(f"w{i}x" for i in range(50)) + " bridging " + " ".join(f"v{i}x" for i in range(50))

    assert searching.highlight(text, "bridging", around=2) == "… w48x w49x <mark>bridging</mark> v0x …"


def test_an_excerpt_does_not_end_with_a_comma_before_its_dots():
    assert searching.highlight("bridging one, two", "bridging", around=2) == "<mark>bridging</mark> one …"
    assert searching.highlight("bridging one,", "bridging", around=2) == "<mark>bridging</mark> one,"


def test_a_common_word_ranks_a_bounded_number(django_assert_num_queries):
    indexed("Bridging")

    with django_assert_num_queries(2):
        list(searching.search(Initiative.objects.all(), "bridging"))
    assert connection.vendor == "postgresql"
