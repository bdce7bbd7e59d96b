"""The joined style sheet: how it is made, what it weighs, and whether its colours can be read."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static

from iqn import assets

SOURCES = {path.relative_to(assets.PARTS_DIR).as_posix(): path.read_text() for path in assets.parts()}
RULES = {name: assets.squeeze(css) for name, css in SOURCES.items()}


# --- Joining ---


def test_parts_are_joined_in_name_order_with_the_layers_first():
    names = list(SOURCES)
    assert names[:3] == ["00-layers.css", "10-tokens.css", "20-base.css"]
    assert names[-2:] == ["50-utilities.css", "60-print.css"]
    components = [name for name in names if name.startswith("40-components/")]
    assert components == sorted(components)
    assert components
    assert assets.joined_stylesheet().startswith(
        "@layer reset,tokens,base,layout,components,utilities,print;"
    )


def test_admin_sheet_and_imports_stay_out():
    assert "admin.css" not in SOURCES
    assert "@import" not in assets.joined_stylesheet()
    assert "theme-toggle" not in assets.joined_stylesheet()


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("/* note */ a  {\n  color: red;\n}\n", "a{color:red}"),
        ('a::after { content: " /* kept */ ; "; }', 'a::after{content:" /* kept */ ; "}'),
        ("a :hover, b > c { margin: calc(1px + 2px) 0; }", "a :hover,b > c{margin:calc(1px + 2px) 0}"),
        ("@media (min-width: 48em) and (x) { a { b: c } }", "@media (min-width:48em) and (x){a{b:c}}"),
        (r'a { content: "\"}" }', r'a{content:"\"}"}'),
    ],
)
def test_squeezing_changes_nothing_but_comments_and_spare_space(written, squeezed):
    assert assets.squeeze(written) == squeezed


def test_every_brace_of_the_parts_is_in_the_joined_sheet():
    joined = assets.joined_stylesheet()
    assert joined.count("{") == joined.count("}")
    assert joined.count("{") == sum(
        re.sub(r"/\*.*?\*/", "", css, flags=re.S).count("{") for css in SOURCES.values()
    )


def test_joined_sheet_stays_light():
    assert len(gzip.compress(assets.joined_stylesheet().encode())) <= 8 * 1024


def test_script_stays_light():
    script = settings.BASE_DIR / "static" / "js" / "portal.js"
    assert len(script.read_bytes()) <= 4 * 1024
    assert "innerHTML" not in script.read_text()


# --- Serving ---


def test_finder_serves_the_joined_sheet():
    found = finders.find(assets.JOINED_NAME)
    assert Path(found).read_text() == assets.joined_stylesheet()
    assert finders.find(assets.JOINED_NAME, find_all=True) == [found]
    assert finders.find("css/admin.css")
    assert finders.find("css/no-such.css") is None


def test_finder_follows_an_edited_part(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "10-one.css").write_text("a { b: c }")
    monkeypatch.setattr(assets, "PARTS_DIR", tmp_path)
    finder = assets.JoinedStylesheetFinder()
    assert Path(finder.find(assets.JOINED_NAME)).read_text() == "a{b:c}\n"
    (tmp_path / "10-one.css").write_text("a { b: d }")
    assert Path(finder.find(assets.JOINED_NAME)).read_text() == "a{b:d}\n"


def test_collectstatic_hashes_and_compresses_it(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    url = static(assets.JOINED_NAME)
    assert re.search(r"/iqn\.[0-9a-f]{12}\.css$", url)
    collected = tmp_path / url.removeprefix(settings.STATIC_URL)
    assert collected.read_text() == assets.joined_stylesheet()
    assert collected.with_name(collected.name + ".gz").exists()


# --- House rules of the sheets ---


@pytest.mark.parametrize("name", SOURCES)
def test_sheet_keeps_the_house_rules(name):
    rules = RULES[name]
    assert SOURCES[name].startswith("/*"), "opens with the HTML it styles"
    assert "!important" not in rules
    assert "@font-face" not in rules
    assert "url(" not in rules
    assert not re.search(r"(^|[}, >+~])#[a-z]", rules), "no ids in selectors"
    physical = (
        r"[{;](margin|padding|border|inset)-(left|right|top|bottom)|[{;](left|right|top|bottom|width|height):"
    )
    assert not re.search(physical, rules), "logical properties only"
    if name != "10-tokens.css":
        assert not re.search(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(", rules), "colours come from the tokens"


def test_every_token_that_is_used_is_defined():
    joined = assets.joined_stylesheet()
    admin = (assets.PARTS_DIR / "admin.css").read_text()
    defined = set(re.findall(r"(--[\w-]+):", joined))
    assert set(re.findall(r"var\((--[\w-]+)\)", joined + admin)) - defined == set()


# --- Contrast ---


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(c-[\w-]+):(#[0-9a-f]+)", block))


def _palette(*selectors: str) -> dict[str, str]:
    tokens = RULES["10-tokens.css"]
    palette = _colours(re.search(r":root\{(.*?)\}", tokens)[1])
    for selector in selectors:
        palette |= _colours(re.search(re.escape(selector) + r"\{(.*?)\}", tokens)[1])
    return palette


PALETTES = {
    "neutral": _palette(),
    "gc": _palette(':root[data-brand="gc"]'),
    "neutral, more contrast": _palette("@media (prefers-contrast:more){:root"),
    "gc, more contrast": _palette(':root[data-brand="gc"]', "@media (prefers-contrast:more){:root"),
}

# Text and the background it stands on. All but those of the second list reach 7:1.
TEXT = [
    *[("c-text", on) for on in ("c-bg", "c-bg-2", "c-bg-3", "c-hover", "c-mark")],
    *[("c-text", f"c-{kind}-bg") for kind in ("neutral", "info", "ok", "warn", "bad")],
    *[("c-text-2", on) for on in ("c-bg", "c-bg-2", "c-bg-3")],
    *[("c-link", on) for on in ("c-bg", "c-bg-2", "c-bg-3", "c-mark")],
    *[("c-link", f"c-{kind}-bg") for kind in ("info", "ok", "warn", "bad")],
    ("c-link-hover", "c-bg"),
    *[(f"c-{kind}", f"c-{kind}-bg") for kind in ("neutral", "info", "ok", "warn", "bad")],
    *[("c-brand", on) for on in ("c-bg", "c-bg-2", "c-hover")],
    *[("c-on-dark", f"c-{on}") for on in ("brand", "brand-2", "brand-hover", "pressed", "danger", "confirm")],
    *[("c-on-dark", "c-danger-hover"), ("c-danger", "c-bg"), ("c-danger", "c-bg-2")],
    *[("c-danger-hover", "c-bg")],
]
TEXT_AT_LEAST_4_5 = [
    ("c-on-focus", "c-focus"),
    *[("c-link-visited", on) for on in ("c-bg", "c-bg-2", "c-bg-3", "c-mark")],
    *[("c-link-hover", on) for on in ("c-bg-2", "c-bg-3", "c-hover")],
    *[("c-link-hover", f"c-{kind}-bg") for kind in ("info", "ok", "warn", "bad")],
]
# Lines and rings that mean something, and the surface beside them.
BOUNDS = [
    *[("c-line-strong", on) for on in ("c-bg", "c-bg-2")],
    *[("c-field", on) for on in ("c-bg", "c-bg-2")],
    *[("c-focus", on) for on in ("c-bg", "c-bg-2", "c-bg-3", "c-hover")],
    *[
        ("c-on-dark", "c-brand"),
        ("c-on-dark", "c-brand-2"),
        ("c-on-dark", "c-confirm"),
        ("c-halo", "c-on-dark"),
    ],
    *[("c-danger", "c-bg"), ("c-accent", "c-bg"), ("c-accent", "c-bg-2"), ("c-brand", "c-bg-2")],
]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert _contrast("#000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT, 7), (TEXT_AT_LEAST_4_5, 4.5), (BOUNDS, 3)], ids=["text", "states", "bounds"]
)
def test_colours_can_be_told_apart(palette, pairs, least):
    colours = PALETTES[palette]
    short = {
        (front, back): round(_contrast(colours[front], colours[back]), 2)
        for front, back in pairs
        if _contrast(colours[front], colours[back]) < least
    }
    assert short == {}
