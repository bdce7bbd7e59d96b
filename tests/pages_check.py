"""What must hold on every HTML page, whoever asks for it. Used by the sweeps and by page tests."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.h1 = 0
        self.title = ""
        self.in_title = False
        self.labels: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.problems: list[str] = []
        self.lang = ""

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "html":
            self.lang = a.get("lang") or ""
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "h1":
            self.h1 += 1
        if tag == "title" and not self.title:
            self.in_title = True
        if tag == "label" and a.get("for"):
            self.labels.add(a["for"])
        if tag in ("input", "select", "textarea") and a.get("type") not in ("hidden", "submit", "button"):
            self.inputs.append(a)
        if tag == "img" and "alt" not in a:
            self.problems.append("img without alt")
        if "style" in a or any(name.startswith("on") for name in a):
            self.problems.append(f"inline style or handler on {tag}")
        if tag == "script" and "src" not in a and a.get("type") != "application/json":
            self.problems.append("inline script")

    def handle_endtag(self, tag):
        if tag == "title":
            self.in_title = False

    def handle_data(self, data):
        if self.in_title:
            self.title += data


def problems_of(html: str) -> list[str]:
    """Empty for a sound page."""
    reader = _Reader()
    reader.feed(html)
    found = list(reader.problems)
    if reader.h1 != 1:
        found.append(f"{reader.h1} h1")
    if not reader.title.strip():
        found.append("no title")
    if reader.lang not in ("en", "fr"):
        found.append(f"lang is {reader.lang!r}")
    found += [f"id {x!r} twice" for x in {i for i in reader.ids if reader.ids.count(i) > 1}]
    found += [
        f"input {i.get('name')!r} without label"
        for i in reader.inputs
        if i.get("id") not in reader.labels and not i.get("aria-label") and not i.get("aria-labelledby")
    ]
    return sorted(found)
