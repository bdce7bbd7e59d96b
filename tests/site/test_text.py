"""Member text: Markdown in, safe HTML out."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iqn.text import folded, folded_key, plain_text, render_member_text, render_official_text

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href='javascript:alert(1)'>x</a>", "![x](https://evil.example/x.png)",
    "<https://x.example/\" onclick=alert(1)>", "[x](//evil.example)", "[x](\\\\evil.example)", "<style>*{}</style>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>", "<details open ontoggle=alert(1)>",
    "[a](<javascript:alert(1)>)", "[x]: javascript:alert(1)\n\n[x]", "<base href=//evil.example>", "<form action=//evil.example>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_executes(text):
    html = str(render_member_text(text)).lower()

    for sign in ("<script", "<img", "<svg", "<iframe", "<style", "<math", "<details", "<base", "<form", "javascript:\"",
                 'href="javascript', 'href="data', 'href="vbscript', 'href="//', 'href="\\', "srcdoc=\""):  # fmt: skip
        assert sign not in html


def test_headings_start_below_the_page():
    assert render_member_text("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_links_carry_no_trust():
    assert render_member_text("[a](https://example.org)") == (
        '<p><a href="https://example.org" rel="nofollow ugc noopener noreferrer">a</a></p>\n'
    )


def test_official_text_keeps_its_headings_and_links():
    assert render_official_text("## Two\n\n[a](https://example.org)") == (
        '<h2>Two</h2>\n<p><a href="https://example.org">a</a></p>\n'
    )


def test_plain_text_is_the_words():
    assert plain_text("**Bold** & [link](https://example.org) <b>") == "Bold & link <b>"
    assert plain_text("one two three", words=2) == "one two…"
    assert plain_text("") == ""


def test_plain_text_keeps_what_french_holds_together():
    text = "Rendez-vous à **16\u00a0h**, « l’avis » compris :\n20\u202f% & plus&nbsp;tard"
    text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")

    assert plain_text(text) == (
        "Rendez-vous à 16\u00a0h, «\u00a0l’avis\u00a0» compris : 20\u202f% & plus\u00a0tard"
    )
    assert (
        plain_text("Le 13\u00a0mars\u00a02013 à 16\u00a0h 30", words=4)
        == "Le 13\u00a0mars\u00a02013 à 16\u00a0h…"
    )


@pytest.mark.parametrize(
    "text", ["[" * 5000, "> " * 3000, "*" * 8000, "`" * 9000, "- " * 4000, "<" * 9000, "[a](" * 3000]
)
def test_hostile_shapes_cost_little(text):
    start = time.perf_counter()
    render_member_text(text)

    assert time.perf_counter() - start < 2


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_renders_without_scripts(text):
    assert "<script" not in render_member_text(text).lower()


def test_folded_sorts_accents_beside_letters():
    assert sorted(["Zoé", "Élodie", "Eve"], key=folded) == ["Élodie", "Eve", "Zoé"]


def test_only_keys_are_cut():
    assert (len(folded("é" * 400)), len(folded_key("ß" * 200))) == (400, 200)
