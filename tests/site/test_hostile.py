"""At least 300 hostile strings through every text field and query parameter: no 500, nothing unescaped."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import translation

from tests.matrix.all_rows import all_rows
from tests.site.hostile import STRINGS
from tests.site.states import RICHEST

pytestmark = pytest.mark.slow
PARTS = 8
PARAMETERS = (
    "q", "page", "sort", "format", "kind", "type", "types", "occupation", "occupations", "jurisdiction", "jurisdictions",
    "stage", "stages", "status", "language", "next", "year", "pillar", "benefit", "organization", "on", "name",
)  # fmt: skip
DANGEROUS_TAGS = {"iframe", "object", "embed", "base", "marquee", "math", "video", "audio", "style"}


class _Danger(HTMLParser):
    """Finds what a browser would run: handlers, script addresses, foreign elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in DANGEROUS_TAGS or (
            tag == "script"
            and dict(attrs).get("type") != "application/json"  # data, which no browser runs
            and not dict(attrs).get("src", "").startswith("/static/")
        ):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            bare = "".join((value or "").split()).lower()
            if name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "srcdoc") and bare.startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.found.append(f"{tag} {name}={value}")


class _Fields(HTMLParser):
    """The fields of the page's own forms: names by kind, first choices."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.others: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        name = a.get("name")
        if (
            tag == "textarea"
            and name
            or tag == "input"
            and name
            and a.get("type") in (None, "text", "email", "url", "search", "tel", "password")
        ):
            self.texts.add(name)
        elif tag == "input" and name and a.get("type") in ("radio", "checkbox"):
            self.others.setdefault(name, a.get("value") or "on")
        elif (
            tag == "input"
            and name
            and a.get("type") == "hidden"
            and name not in ("csrfmiddlewaretoken", "submission")
        ):
            self.others.setdefault(name, a.get("value") or "")
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and a.get("value"):
            self.others.setdefault(self._select, a["value"])


def _problems(response) -> list[str]:
    if response.status_code >= 500:
        return [str(response.status_code)]
    if "html" not in response.get("Content-Type", "") or response.streaming:
        return []
    danger = _Danger()
    danger.feed(response.content.decode())
    return danger.found


@pytest.mark.parametrize("part", range(PARTS))
def test_query_parameters(world, sign_in, part):
    clients = {role: sign_in(getattr(world, role, None)) for role in ("anonymous", *RICHEST)}
    wrong, tried = {}, 0

    for row in all_rows()[part::PARTS]:
        role = next((r for r in ("anonymous", *RICHEST) if row.get[r] == 200), None)
        if role is None:
            continue
        with translation.override("en"):
            path = reverse(row.name, kwargs=row.args(world))
        strings = STRINGS if row.name.endswith(("list", "search")) else STRINGS[::15]
        for text in strings:
            tried += 1
            problems = _problems(clients[role].get(path, dict.fromkeys(PARAMETERS, text[:2000])))
            if problems:
                wrong[f"{row.label} {text[:60]!r}"] = problems

    assert wrong == {}
    print(f"\nhostile queries: {tried}")


@pytest.mark.parametrize("part", range(PARTS))
def test_text_fields(world, sign_in, part):
    """Each string stands in every text field of a form at once, the other fields hold their first choice."""
    wrong, tried = {}, 0

    for row in [r for r in all_rows() if r.post][part::PARTS]:
        role = next(
            (
                r
                for r in ("author", "member", "staff", "applicant", "declined", "anonymous")
                if row.get[r] == 200
            ),
            None,
        )
        if role is None or row.name == "account_logout":
            continue
        client = sign_in(getattr(world, role, None))
        with translation.override("en"):
            path = reverse(row.name, kwargs=row.args(world))
        page = client.get(path)
        fields = _Fields()
        fields.feed(page.content.decode())
        for text in STRINGS:
            tried += 1
            response = client.post(path, {**fields.others, **dict.fromkeys(fields.texts, text)})
            problems = _problems(response)
            if problems:
                wrong[f"{row.label} {text[:60]!r}"] = problems
            if response.status_code == 429:
                break

    assert wrong == {}
    print(f"\nhostile posts: {tried}")
