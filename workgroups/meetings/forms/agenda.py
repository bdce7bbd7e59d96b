"""An item of the agenda."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import PortalForm
from members.choices import Language
from members.models import Person
from workgroups.groups.models import Document, Function, Group, Term
from workgroups.meetings.choices import Purpose
from workgroups.meetings.forms.meetings import InOwnLanguage
from workgroups.meetings.forms.versioned import Unlike
from workgroups.meetings.models import AgendaItem


class PapersField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, document: Document) -> str:
        return f"{document.identifier}, {document.title}"


class ItemForm(InOwnLanguage, PortalForm):
    title = forms.CharField(
        label=_("Item"), max_length=200, error_messages={"required": _("Say what the item is about.")}
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, initial=Purpose.DISCUSS)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=480, initial=10,
        error_messages={"required": _("Say how many minutes it needs.")},
    )  # fmt: skip
    presenter = forms.ModelChoiceField(Person.objects.none(), label=_("Who presents it"), required=False)
    presenter_name = forms.CharField(
        label=_("Somebody from outside who presents it"), max_length=120, required=False
    )
    function = forms.ModelChoiceField(
        Function.objects.none(), label=_("Function of the group"), required=False
    )
    description = forms.CharField(
        label=_("What it is about"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Markdown works: **bold**, *italic*, “-” begins a line of a list. Links become links by themselves."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your text"), choices=Language.choices)
    papers = PapersField(
        Document.objects.none(), label=_("Papers"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Documents of the group that belong to the item. Each reader sees those that they may read."),
    )  # fmt: skip

    def __init__(self, *args, group: Group, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        terms = Term.objects.at_the_table_of(group).current()
        people = Person.objects.filter(pk__in=terms.values("person")).order_by("sort_name", "pk")
        self.fields["presenter"].queryset = people  # type: ignore[attr-defined]
        self.fields["function"].queryset = Function.objects.all()  # type: ignore[attr-defined]
        papers = group.documents.current().select_related("files", "group").latest_first()
        self.fields["papers"].queryset = papers  # type: ignore[attr-defined]
        if not papers.exists():
            del self.fields["papers"]


class ItemEditForm(ItemForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def meets(self, item: AgendaItem) -> list[Unlike]:
        """Somebody else saved the item: what differs, both ways. The form stands on their version from now on."""
        unlike = []
        for name, mine in self.cleaned_data.items():
            theirs = getattr(item, name)
            if name == "papers":
                mine, theirs = (sorted(rows, key=lambda row: row.pk) for rows in (mine, theirs.all()))
            if name != "version" and mine != theirs:
                unlike.append(
                    Unlike(self.fields[name].label, self._words(name, mine), self._words(name, theirs))
                )
        data = self.data.copy()
        data[self.add_prefix("version")] = str(item.version)
        self.data = data
        return unlike

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return next((str(label) for key, label in field.choices if key == value), "")
        if isinstance(value, list):
            return "\n".join(map(str, value))
        return "" if value is None else str(value).replace("\r\n", "\n").strip()
