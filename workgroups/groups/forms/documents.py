"""Documents: the first file, a further one, what is said about it, and why it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.bilingual import reading_language
from iqn.files.choices import FileLanguage, Kind, Translation
from iqn.files.forms import UploadField
from iqn.files.models import FileSet
from iqn.forms import LineField, PortalForm
from members.choices import Language
from workgroups.groups.choices import Part
from workgroups.groups.models import Document

OPEN_STATES = [choice for choice in Translation.choices if choice[0] != Translation.TRANSLATED]


def _title(label: Any, language: str) -> LineField:
    return LineField(
        label=label, max_length=200, required=False, widget=forms.TextInput(attrs={"lang": language})
    )


class TitledForm(PortalForm):
    """A document has a title in one language at least; readers of the other see that one, marked as such."""

    title_en = _title(_("Title in English"), "en")
    title_fr = _title(_("Title in French"), "fr")
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.PAPER)
    visibility = forms.ChoiceField(
        label=pgettext_lazy("document", "Who may read it"),
        choices=Part.choices,
        initial=Part.ROSTER,
        widget=forms.RadioSelect,
    )
    translation = forms.ChoiceField(
        label=_("Translation"), choices=OPEN_STATES, initial=Translation.AWAITING, widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, *args, may_show: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not may_show:
            del self.fields["visibility"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not values.get("title_en") and not values.get("title_fr") and not self.errors:
            self.add_error(f"title_{reading_language()}", _("Give it a title in one language at least."))
        return values


class DocumentForm(TitledForm):
    file = UploadField(label=_("File"))
    language = forms.ChoiceField(
        label=_("Language of the file"), choices=FileLanguage.choices, widget=forms.RadioSelect
    )

    field_order = ("file", "language", "title_en", "title_fr", "kind", "translation", "visibility")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reading_language())

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return {"checked": values.pop("file"), **values}


class DocumentFileForm(PortalForm):
    """The language says what the file is: the next version, or the translation of the newest one."""

    file = UploadField(label=_("File"))
    language = forms.ChoiceField(
        label=_("What it is"), choices=FileLanguage.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, files: FileSet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (files.language, _("%(language)s: a new version of the text")),
            (files.other_language, _("%(language)s: the translation of the newest version")),
        ]
        names = dict(FileLanguage.choices)
        self.fields["language"].choices = [
            (value, str(label) % {"language": names[value]}) for value, label in choices
        ]
        self.initial.setdefault("language", files.language)


class DocumentEditForm(TitledForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, document: Document, **kwargs) -> None:
        files = document.files
        names = ("title_en", "title_fr", "kind", "translation")
        self.theirs: list[tuple[Any, str]] = []  # what somebody else saved meanwhile, where it differs
        initial = {name: getattr(files, name) for name in names}
        initial |= {"visibility": document.visibility, "version": document.version}
        super().__init__(*args, initial=initial, **kwargs)
        if files.pair is not None:
            self.fields["translation"].choices = Translation.choices

    def look_again(self) -> None:
        """Somebody else was first: what they saved stands beside what was typed, and a second save decides."""
        for name in self.fields:
            field, saved = self.fields[name], self.initial[name]
            if name != "version" and saved != self.cleaned_data[name]:
                choices = dict(getattr(field, "choices", ()))
                self.theirs.append((field.label, choices.get(saved, saved)))
        typed: Any = self.data
        self.data = typed.copy()
        self.data["version"] = str(self.initial["version"])  # type: ignore[index]


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever follows a link to the document reads it."),
        error_messages={"required": _("Give the reason.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your text"), choices=Language.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reading_language())
