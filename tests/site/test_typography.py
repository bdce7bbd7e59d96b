"""What members type in French, printed as French wants it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqn.text import render_member_text
from iqn.typography import shortened, spaced_in_french, typeset

N = "\xa0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Le projet : un carnet", f"Le projet{N}: un carnet"),
        ("« carnet »", f"«{N}carnet{N}»"),
        ("«carnet»", f"«{N}carnet{N}»"),
        ("20 % des 1 200 dossiers", f"20{N}% des 1{N}200 dossiers"),
        ("100 $ ou 3 M$", f"100{N}$ ou 3{N}M$"),
        ("à 16 h 30, puis à 17 h", f"à 16{N}h{N}30, puis à 17{N}h"),
        ("Vraiment ?", f"Vraiment{N}?"),
        ("Voir https://example.org/a:b et 10:30", "Voir https://example.org/a:b et 10:30"),
        ('le "carnet" de 3 pages', 'le "carnet" de 3 pages'),
        ("a :b", "a :b"),
    ],
)
def test_spaces_that_do_not_break(typed, printed):
    assert spaced_in_french(typed) == printed


@given(st.text(alphabet="ab «»:%;0123h$\xa0\n"))
def test_what_is_printed_is_printed_the_same_again_and_no_letter_is_lost(text):
    once = spaced_in_french(text)

    assert spaced_in_french(once) == once
    assert once.replace(N, "").replace(" ", "") == text.replace(N, "").replace(" ", "")


def test_only_french_is_typeset():
    assert [typeset("50 % : oui", language) for language in ("fr", "en")] == [
        f"50{N}%{N}: oui",
        "50 % : oui",
    ]


def test_markdown_keeps_code_and_addresses():
    html = render_member_text("**Coût** : 20 %\n\n`a : b` [ici](https://example.org/?q=a%20:%20b)", "fr")

    assert html == (
        "<p><strong>Coût</strong>&nbsp;: 20&nbsp;%</p>\n"
        '<p><code>a : b</code> <a href="https://example.org/?q=a%20:%20b" rel="nofollow ugc noopener noreferrer">'
        "ici</a></p>\n"
    )
    assert render_member_text("Coût : 20 %") == "<p>Coût : 20 %</p>\n"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("formés à l’étranger : une page", "formés à l’étranger…"),
        (f"formés à l’étranger{N}: une page", "formés à l’étranger…"),
        ("formés ici", "formés ici"),
        ("une liste, longue, encore plus", "une liste, longue…"),
    ],
)
def test_an_excerpt_ends_with_a_word(text, short):
    assert shortened(text, 22) == short
