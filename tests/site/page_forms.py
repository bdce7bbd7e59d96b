"""The forms of a page as a browser reads them: where they go, what it would send, where a person may type."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {
    "text",
    "search",
    "email",
    "url",
    "tel",
    "password",
    "number",
    "date",
    "time",
    "month",
    "datetime-local",
}
FREE = {"text", "search", "textarea"}  # takes whatever is typed


@dataclass
class PageForm:
    """`data` holds what would be sent, with something chosen wherever a choice is open."""

    action: str
    method: str
    data: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)  # name → type
    buttons: list[tuple[str, str]] = field(default_factory=list)
    has_files: bool = False

    @property
    def versions(self) -> list[str]:
        """Hidden fields that say which state of a text was being changed."""
        known = ("version", "stamp", "seen_mark")
        return [name for name in self.data if name in known or name.endswith("-version")]

    def with_button(self, number: int = 0) -> dict[str, list[str]]:
        name, value = self.buttons[number % len(self.buttons)] if self.buttons else ("", "")
        return {**self.data, name: [value]} if name else dict(self.data)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageForm] = []
        self.form: PageForm | None = None
        self.in_main = False
        self.select = self.textarea = ""
        self.is_chosen = False  # has the page chosen an option of this select?

    def handle_starttag(self, tag, attrs):
        a = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.in_main = True
        elif tag == "form" and self.in_main:
            self.form = PageForm(a.get("action", ""), a.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is not None and "disabled" not in a:
            reader = getattr(self, f"_{tag}", None)
            if reader:
                reader(self.form, a.get("name", ""), a)

    def _input(self, form: PageForm, name: str, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        if kind == "file":
            form.has_files = True
        elif kind in ("submit", "image"):
            form.buttons.append((name, a.get("value", "")))
        elif not name:
            return
        elif kind in TYPED:
            form.typed[name] = kind
            form.data.setdefault(name, []).append(a.get("value", ""))
        elif kind == "radio":
            if "checked" in a or name not in form.data:
                form.data[name] = [a.get("value", "on")]
        elif kind == "checkbox":
            if "checked" in a or name not in form.data:
                form.data.setdefault(name, []).append(a.get("value", "on"))
        elif kind == "hidden":
            form.data.setdefault(name, []).append(a.get("value", ""))

    def _button(self, form: PageForm, name: str, a: dict[str, str]) -> None:
        if a.get("type", "submit") == "submit":
            form.buttons.append((name, a.get("value", "")))

    def _textarea(self, form: PageForm, name: str, a: dict[str, str]) -> None:
        self.textarea = name
        form.typed[name] = "textarea"
        form.data.setdefault(name, []).append("")

    def _select(self, form: PageForm, name: str, a: dict[str, str]) -> None:
        self.select, self.is_chosen = name, False

    def _option(self, form: PageForm, name: str, a: dict[str, str]) -> None:
        if not self.select or self.is_chosen:
            return
        if "selected" in a and a.get("value"):
            form.data[self.select], self.is_chosen = [a["value"]], True
        elif a.get("value") and not form.data.get(self.select):
            form.data[self.select] = [a["value"]]

    def handle_data(self, data):
        if self.textarea and self.form is not None:
            self.form.data[self.textarea][-1] += data

    def handle_endtag(self, tag):
        if tag == "main":
            self.in_main = False
        elif tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            if self.form is not None:
                typed = self.form.data[self.textarea]
                typed[-1] = typed[-1].lstrip("\r").removeprefix("\n")
            self.textarea = ""


def forms_of(html: str, method: str = "post") -> list[PageForm]:
    """Those inside <main>: the header's search and the button that signs out are on every page."""
    reader = _Forms()
    reader.feed(html)
    return [form for form in reader.found if form.method == method]
